package dev.pocketflow.quarkus.internal.claimcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.HandOverConfig;

public class DirectoryClaimCheckTest {

    private static final String RUN = "01K0000000000000000000RUN1";

    @TempDir
    Path parent;

    @Test
    void writtenPartIsRead_byItsReference() {
        String reference = claims().write(RUN, "3-store", "{\"a\":1}".getBytes(UTF_8));

        assertThat(reference).isEqualTo(RUN + "/3-store");
        assertThat(claims().read(reference, 7)).asString(UTF_8).isEqualTo("{\"a\":1}");
    }

    @Test
    void laterPartReplacesTheEarlier_andLeavesNoOtherFile() throws Exception {
        claims().write(RUN, "store", new byte[100]);
        String reference = claims().write(RUN, "store", new byte[0]);

        assertThat(claims().read(reference, 0)).isEmpty();
        try (Stream<Path> files = Files.list(directory().resolve(RUN))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void fileIsReadableByItsOwnerOnly() throws Exception {
        Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        claims().write(RUN, "store", new byte[1]);

        assertThat(permissions(directory())).isEqualTo("rwx------");
        assertThat(permissions(directory().resolve(RUN))).isEqualTo("rwx------");
        assertThat(permissions(directory().resolve(RUN).resolve("store"))).isEqualTo("rw-------");
    }

    @Test
    void readerSeesOneWholePart_whileManyWrite() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CyclicBarrier start = new CyclicBarrier(writers);
        try {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                byte[] body = new byte[50_000 + i];
                Arrays.fill(body, (byte) i);
                writing.add(threads.submit(() -> {
                    start.await();
                    for (int round = 0; round < 20; round++) {
                        claims().write(RUN, "store", body);
                        byte[] read = claims().read(RUN + "/store", 60_000);
                        assertThat(read).hasSize(50_000 + read[0]).containsOnly(read[0]);
                    }
                    return null;
                }));
            }
            for (Future<?> each : writing) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void missingPartIsNamed() {
        assertThatThrownBy(() -> claims().read(RUN + "/store", 10)).isInstanceOf(HandOverFailed.class)
                .hasMessage("the claim " + RUN + "/store was not found in quarkus.pocketflow.claim-check.directory: "
                        + "NoSuchFileException. It is deleted when the run ends; otherwise check that all functions of the run "
                        + "share it");
    }

    @Test
    void partIsRefused_whenItExceedsTheLimit() {
        String reference = claims().write(RUN, "store", new byte[11]);

        assertThat(claims().read(reference, 11)).hasSize(11);
        assertThatThrownBy(() -> claims().read(reference, 10)).isInstanceOf(HandOverFailed.class)
                .hasMessageContaining("has more than the 10 bytes it may have");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "a", "a/", "/b", "../b", "a/..", "./b", "a/b/c", "/etc/passwd", "a/../../b", "a\\..\\b/c",
            "a/b\0",
            "a/b.", "C:/b", "a/ b", "ä/b" })
    void referenceIsRefused_whenItLeavesTheDirectory(String reference) throws Exception {
        Files.createDirectories(directory());
        Files.writeString(parent.resolve("b"), "outside");

        assertThatThrownBy(() -> claims().read(reference, 10)).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("a claim check's reference is a run and a name of letters, digits");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", "../x", "a/b", "a\\b", "a b", "a\0" })
    void nameIsRefused_whenItLeavesTheDirectory(String name) {
        assertThatThrownBy(() -> claims().write(RUN, name, new byte[0])).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().write(name, "store", new byte[0])).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().delete(name)).isInstanceOf(HandOverFailed.class);
    }

    @Test
    void linkIsNotFollowed() throws Exception {
        claims().write(RUN, "store", new byte[0]);
        Path outside = Files.writeString(parent.resolve("outside"), "private");
        Files.createSymbolicLink(directory().resolve(RUN).resolve("link"), outside);

        assertThatThrownBy(() -> claims().read(RUN + "/link", 10)).isInstanceOf(HandOverFailed.class);
        claims().delete(RUN);
        assertThat(outside).hasContent("private");
    }

    /** A user who may write to the directory must not get other users' files written, read or deleted. */
    @Test
    void linkIsNotFollowed_asTheDirectoryOfARun() throws Exception {
        Path outside = Files.createDirectories(parent.resolve("outside"));
        Files.writeString(outside.resolve("store"), "private");
        Files.createDirectories(directory());
        Files.createSymbolicLink(directory().resolve(RUN), outside);

        assertThatThrownBy(() -> claims().delete(RUN)).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().read(RUN + "/store", 10)).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().write(RUN, "store", new byte[1])).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().write(RUN, "other", new byte[1])).isInstanceOf(HandOverFailed.class);
        assertThat(outside).isDirectoryContaining(file -> file.endsWith("store"));
        assertThat(outside.resolve("store")).hasContent("private");
        assertThat(outside.resolve("other")).doesNotExist();
    }

    @Test
    void linkIsFollowed_asTheConfiguredDirectory() throws Exception {
        Path real = Files.createDirectories(parent.resolve("volume"));
        Files.createSymbolicLink(directory(), real);
        String reference = claims().write(RUN, "store", new byte[3]);

        assertThat(claims().read(reference, 3)).hasSize(3);
        claims().delete(RUN);
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void pipeIsRefused_withoutWaiting() throws Exception {
        claims().write(RUN, "store", new byte[1]);
        Path pipe = directory().resolve(RUN).resolve("pipe");
        Assumptions.assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");

        assertThatThrownBy(() -> claims().read(RUN + "/pipe", 10)).isInstanceOf(HandOverFailed.class);
        claims().write(RUN, "pipe", new byte[2]);
        assertThat(claims().read(RUN + "/pipe", 2)).hasSize(2);
        assertThat(new ProcessBuilder("mkfifo", directory().resolve(RUN).resolve("other").toString()).start().waitFor())
                .isZero();
        claims().delete(RUN);
        assertThat(directory().resolve(RUN)).doesNotExist();
    }

    @Test
    void directoryIsRefused_asAPart() throws Exception {
        Files.createDirectories(directory().resolve(RUN).resolve("store").resolve("inner"));

        assertThatThrownBy(() -> claims().read(RUN + "/store", 10)).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().write(RUN, "store", new byte[1])).isInstanceOf(HandOverFailed.class);
        assertThatThrownBy(() -> claims().delete(RUN)).isInstanceOf(HandOverFailed.class);
    }

    @Test
    void runIsDeletedAsAWhole_andOthersStay() {
        claims().write(RUN, "2-store", new byte[1]);
        claims().write(RUN, "3-store", new byte[1]);
        String other = claims().write("other", "store", new byte[1]);

        claims().delete(RUN);

        assertThat(directory().resolve(RUN)).doesNotExist();
        assertThat(claims().read(other, 1)).hasSize(1);
    }

    @Test
    void nothingIsDeleted_whenNothingWasStored() {
        assertThatCode(() -> claims().delete(RUN)).doesNotThrowAnyException();
    }

    @Test
    void failureNamesTheDirectory_whenItIsAFile() throws Exception {
        Files.writeString(directory(), "");

        assertThatThrownBy(() -> claims().write(RUN, "store", new byte[1])).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith(
                        "the claim " + RUN + "/store was not written to quarkus.pocketflow.claim-check.directory: ")
                .hasMessageNotContaining(parent.toString())
                .hasMessageEndingWith("Check that there is free space and that this function may write there");
    }

    @Test
    void directoryMustBeConfigured() {
        assertThatThrownBy(() -> new DirectoryClaimCheck(Claims.of(null, null))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quarkus.pocketflow.claim-check.directory must be set");
    }

    private Path directory() {
        return parent.resolve("claims");
    }

    private DirectoryClaimCheck claims() {
        return new DirectoryClaimCheck(Claims.of(directory(), null));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** The group as configured. */
    public record Claims(Optional<Path> directory, Optional<String> bucket, String prefix) implements HandOverConfig.Claims {

        public static Claims of(Path directory, String bucket) {
            return new Claims(Optional.ofNullable(directory), Optional.ofNullable(bucket), "pocketflow/");
        }
    }
}
