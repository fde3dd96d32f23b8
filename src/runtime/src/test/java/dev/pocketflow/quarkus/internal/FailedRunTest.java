package dev.pocketflow.quarkus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;

/** The parts of a failed run that are kept. */
class FailedRunTest extends FailedRuns {

    /** Has something to say, but fails to. */
    private static final class Broken {
        private final Throwable failure;

        Broken(Throwable failure) {
            this.failure = failure;
        }

        @SuppressWarnings("unused")
        public String getText() throws Throwable {
            throw failure;
        }
    }

    static Stream<Object> unwritable() {
        return Stream.of("x".repeat(7_000_000), new Object(), new Broken(new IllegalStateException(MADE_UP)),
                new Broken(new StackOverflowError()));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void valueThatCannotBeWritten_isLeftOut_andTheRestIsKept(Object value) throws IOException {
        Counter counter = new Counter(putting(Map.of("fine", 1, "odd", value)), null, park(), clock);
        JsonNode answer = failed(counter, "{\"topic\":\"fjords\"}");

        byte[] parked = parked();
        Schema.check(parked);
        JsonNode envelope = Counter.json(parked);
        assertThat(envelope.path("store").path("topic").asText()).isEqualTo("fjords");
        assertThat(envelope.path("store").path("fine").asInt()).isEqualTo(1);
        assertThat(envelope.at("/missing/store")).hasSize(1);
        assertThat(envelope.at("/missing/store/0").asText()).isEqualTo("odd");
        assertThat(envelope.path("failure").path("node").asText()).isEqualTo("fails");
        assertThat(answer.path("envelope").path("missing")).isEqualTo(envelope.path("missing"));
        assertThat(answer.path("failure").path("node").asText()).as("the failure itself, not that of its writing")
                .isEqualTo("fails");
        assertThat(lines.of(Level.SEVERE)).filteredOn(line -> line.contains("Left out")).singleElement().satisfies(line -> {
            assertThat(line).contains("run=" + answer.path("run").asText(), "flow=flow", "node=fails", "'odd'",
                    directory.toString(), "start the run again").doesNotContain(MADE_UP);
        });
        assertThatThrownBy(() -> counter.send(new String(parked, UTF_8))).isInstanceOfSatisfying(EnvelopeRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(EnvelopeRefused.Reason.INCOMPLETE))
                .hasMessageContaining("[odd]").hasMessageContaining("Start the run again");
    }

    @Test
    void answerAlone_hasTheRecordToo_andTheLogSaysSo() {
        Counter counter = new Counter(putting(Map.of("fine", 1, "odd", new Object())), null, null, clock);
        JsonNode answer = failed(counter, "{}");

        assertThat(answer.at("/envelope/missing/store/0").asText()).isEqualTo("odd");
        assertThat(lines.of(Level.SEVERE)).filteredOn(line -> line.contains("Left out")).singleElement()
                .satisfies(
                        line -> assertThat(line).contains("the answer has a record of it alone", "'odd' (cannot be written)"));
    }

    @Test
    void batchThatCannotBeWritten_leavesTheStore() throws IOException {
        Flow flow = Flow.named("flow").node("items", new BatchNode<Object, Object>() {
            @Override
            public List<Object> prep(Store shared) {
                return List.of(new Object(), 2);
            }

            @Override
            public Object exec(Object item) throws IOException {
                throw new IOException(MADE_UP);
            }
        }).build();
        failed(new Counter(flow, null, park(), clock), "{\"topic\":\"fjords\"}");

        byte[] parked = parked();
        Schema.check(parked);
        assertThat(Counter.json(parked).at("/missing/position").asBoolean()).isTrue();
        assertThat(Counter.json(parked).at("/store/topic").asText()).isEqualTo("fjords");
        assertThatThrownBy(() -> new Counter(flow, null, null, clock).send(new String(parked, UTF_8)))
                .isInstanceOf(EnvelopeRefused.class).hasMessageContaining("the progress within its step");
    }

    @Test
    void secretsWithoutAKey_areLeftOut() throws IOException {
        Key<String> token = Key.secret("token", String.class);
        Counter counter = new Counter(Flow.named("flow").node("a", new Node<Object, Object>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put(token, "S3CRET");
                return null;
            }
        }).then("reads").node("reads", failing()).build(), null, park(), clock, "envelope.seal", "none", "envelope.keys.k1",
                Settings.PUBLIC);
        failed(counter, "{\"topic\":\"fjords\"}");

        assertThat(new String(parked(), UTF_8)).doesNotContain("S3CRET").contains("\"missing\":{\"store\":[\"token\"]}",
                "fjords");
    }

    /** A park may hold more than a ledger. */
    @Test
    void limitIsTheParks_andNotTheLedgers() throws IOException {
        Ledger small = new Small(new MemoryLedger(LedgerSettings.KEEP, clock), 400_000);
        Counter counter = new Counter(putting(Map.of("large", "x".repeat(500_000))), small, park(), clock);
        JsonNode answer = failed(counter, "{}");

        JsonNode envelope = Counter.json(parked());
        assertThat(envelope.has("missing")).isFalse();
        assertThat(envelope.at("/store/large").asText()).hasSize(500_000);
        assertThat(failed(counter, envelope.toString()).path("run")).as("it goes on").isEqualTo(answer.path("run"));
    }

    /** A ledger with a limit of its own. */
    private record Small(Ledger ledger, int limit) implements Ledger {
        @Override
        public Claim claim(Turn turn, java.time.Instant until) {
            return ledger.claim(turn, until);
        }

        @Override
        public boolean checkpoint(Turn turn, byte[] envelope) {
            assertThat(envelope.length).isLessThanOrEqualTo(limit);
            return ledger.checkpoint(turn, envelope);
        }

        @Override
        public boolean done(Turn turn, byte[] outcome) {
            return ledger.done(turn, outcome);
        }

        @Override
        public void free(Turn turn) {
            ledger.free(turn);
        }

        @Override
        public void cancel(String run, java.time.Duration atLeast) {
            ledger.cancel(run, atLeast);
        }

        @Override
        public boolean cancelled(String run) {
            return ledger.cancelled(run);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void parkThatFails_isSaid_andTheAnswerHasTheRun(boolean known) {
        Park broken = new Park() {
            @Override
            public int limit() {
                return Integer.MAX_VALUE;
            }

            @Override
            public boolean isDurable() {
                return true;
            }

            @Override
            public String park(Message parked) {
                throw known ? new HandOverFailed("no room", null) : new IllegalStateException(MADE_UP);
            }
        };
        JsonNode answer = failed(new Counter(putting(Map.of("fine", 1)), null, broken, clock), "{}");

        assertThat(answer.at("/envelope/store/fine").asInt()).isEqualTo(1);
        assertThat(lines.of(Level.SEVERE)).anyMatch(line -> line.contains("run=" + answer.path("run").asText()
                + " is not parked: " + (known ? "no room" : "java.lang.IllegalStateException")));
        assertThat(lines.all()).doesNotContain(MADE_UP);
    }
}
