package dev.pocketflow.quarkus.internal.park;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.seal.Seal;

class DirectoryFailedRunStoreTest {

    private static final String RUN = "01K0000000000000000000RVN1";

    private static final String FAILED = "{\"nonce\":\"first\",\"steps\":3,\"expires\":9,\"failure\":{}}";

    @TempDir
    Path parent;

    private Path directory() {
        return parent.resolve("state").resolve("parked");
    }

    private DirectoryFailedRunStore park() {
        Seal seal = new Seal(ConfigValues.none());
        return new DirectoryFailedRunStore(directory(), envelope -> ParkProgress.of(seal, envelope));
    }

    private static FailedRunStore.Message message(String run, int hop, String envelope) {
        return new FailedRunStore.Message(run, hop, "writer", null, "java.io.IOException", envelope.getBytes(UTF_8));
    }

    @Test
    void envelopeIsAFile_byItsRunAndHop() {
        DirectoryFailedRunStore park = park();
        park.park(message(RUN, 3, "{\"hop\":3}"));
        park.park(message(RUN, 4, "{\"hop\":4}"));

        assertThat(directory().resolve(RUN + ".3.json")).hasContent("{\"hop\":3}");
        assertThat(directory().resolve(RUN + ".4.json")).hasContent("{\"hop\":4}");
        assertThat(park.isDurable()).isTrue();
        assertThat(park.limit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void laterEnvelopeReplacesTheEarlier_andLeavesNoOtherFile() throws Exception {
        DirectoryFailedRunStore park = park();
        park.park(message(RUN, 3, FAILED.replace("first", "second")));
        park.park(message(RUN, 3, FAILED));

        assertThat(directory().resolve(RUN + ".3.json")).hasContent(FAILED);
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files).hasSize(1);
        }
    }

    /** For example, another function sealed it with another key. */
    @Test
    void unreadableEnvelope_staysBesideTheNextOne() {
        park().park(message(RUN, 3, "{\"jwe\":1}"));
        park().park(message(RUN, 3, FAILED));
        park().park(message(RUN, 3, "{\"jwe\":1}"));

        assertThat(directory().resolve(RUN + ".3.json")).hasContent("{\"jwe\":1}");
        assertThat(directory().resolve(RUN + ".3.2.json")).hasContent(FAILED);
        assertThat(directory().resolve(RUN + ".3.3.json")).doesNotExist();
    }

    @Test
    void fileIsReadableByItsOwnerOnly() throws Exception {
        Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        park().park(message(RUN, 3, "{}"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory().resolve(RUN + ".3.json"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "..", "../x", "a/b", "a\\b", "a\0" })
    void runIsRefused_whenItLeavesTheDirectory(String run) {
        DirectoryFailedRunStore park = park();

        assertThatThrownBy(() -> park.park(message(run, 3, "{}"))).isInstanceOf(HandOverFailed.class);
        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void failureNamesRunHopAndDirectory_whenItWasDeleted() throws Exception {
        DirectoryFailedRunStore park = park();
        Files.delete(directory());
        Files.writeString(directory(), "");

        assertThatThrownBy(() -> park.park(message(RUN, 3, "{\"store\":\"S3CRET\"}"))).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("run " + RUN + ", hop 3, was not stored in the directory " + directory())
                .hasMessageEndingWith("Check that there is free space and that this function may write there")
                .hasMessageNotContaining("S3CRET");
    }

    @Test
    void startIsRefused_whenTheDirectoryCannotBeCreated() throws Exception {
        Files.writeString(parent.resolve("state"), "");

        assertThatThrownBy(() -> park()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("quarkus.pocketflow.park.directory cannot be created: " + directory())
                .hasMessageEndingWith("Name one that this function may write to");
    }
}
