package dev.pocketflow.quarkus.internal.park;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.seal.Seal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The directory holds the run with the most progress, after any envelopes in any order. */
class FailedRunStoreProgressTest {

    private static final String RUN = "01K0000000000000000000RVN1";
    private static final Seal SEAL = new Seal(ConfigValues.none());

    /** @param failed whether the envelope is one of a failed run; @param refused whether it was refused now */
    record Came(boolean failed, boolean refused, boolean whole, int steps, int done, int expires) {

        byte[] envelope(int nonce) {
            String results = String.join(",", IntStream.range(0, done).mapToObj(i -> "\"" + i + "\":0").toList());
            return ("{\"nonce\":" + nonce + ",\"steps\":" + steps + ",\"expires\":" + expires
                    + (failed ? ",\"failure\":{}" : "") + (whole ? "" : ",\"missing\":[\"x\"]")
                    + ",\"position\":[{\"batch\":{\"results\":{" + results + "}}}]}").getBytes(UTF_8);
        }
    }

    @Provide
    Arbitrary<List<Came>> sequences() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(flags, flags, Arbitraries.of(true, true, false), Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 2), Arbitraries.integers().between(1, 9))
                .as((failed, refused, whole, steps, done, expires) -> new Came(failed || !refused, refused, whole, steps, done,
                        expires))
                .list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 150)
    void parkedRunIsReplaced_onlyByMoreProgress(@ForAll("sequences") List<Came> sequence) throws IOException {
        Path directory = Files.createTempDirectory("parked");
        try {
            DirectoryFailedRunStore park = new DirectoryFailedRunStore(directory, envelope -> ParkProgress.of(SEAL, envelope));
            for (int i = 0; i < sequence.size(); i++) {
                Came came = sequence.get(i);
                List<byte[]> before = files(directory);
                park.park(new FailedRunStore.Message(RUN, 3, "flow", "node", "Type", came.envelope(i), came.refused()));

                List<byte[]> after = files(directory);
                before.forEach(each -> isThere(each, after, came.refused()));
                ParkProgress now = ParkProgress.of(SEAL, came.envelope(i));
                assertThat(after).as("nothing is lost").anyMatch(each -> has(ParkProgress.of(SEAL, each), now));
            }
        } finally {
            delete(directory);
        }
    }

    private static void isThere(byte[] before, List<byte[]> after, boolean refused) {
        ParkProgress was = ParkProgress.of(SEAL, before);
        if (refused && was.failed()) {
            assertThat(after).as("a refused envelope takes no failed run's place").anyMatch(each -> same(each, before));
        }
        assertThat(after).as("what was parked is still").anyMatch(each -> has(ParkProgress.of(SEAL, each), was));
    }

    private static boolean has(ParkProgress one, ParkProgress other) {
        return (one.steps() > other.steps() || one.steps() == other.steps() && one.done() >= other.done())
                && (one.failed() || !other.failed()) && (one.whole() || !other.whole());
    }

    private static boolean same(byte[] one, byte[] other) {
        return new String(one, UTF_8).equals(new String(other, UTF_8));
    }

    private static List<byte[]> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<byte[]> all = new ArrayList<>();
            for (Path file : files.toList()) {
                all.add(Files.readAllBytes(file));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
