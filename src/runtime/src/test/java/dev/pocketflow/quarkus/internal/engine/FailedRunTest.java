package dev.pocketflow.quarkus.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeSchema;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.LedgerOver;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/** The parts of a failed run that are parked. */
class FailedRunTest extends FailedRuns {

    /** A value that cannot be printed. */
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
                new Broken(new StackOverflowError()), new Broken(new NoClassDefFoundError(MADE_UP)),
                new Broken(new AssertionError(MADE_UP)), new Broken(new IOException(MADE_UP)));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void unwritableValue_isLeftOut_andTheRestIsParked(Object value) throws IOException {
        TestFunction counter = new TestFunction(putting(Map.of("fine", 1, "odd", value)), Ledger.NONE, park(), clock);
        JsonNode answer = failed(counter, "{\"topic\":\"fjords\"}");

        byte[] parked = parked();
        EnvelopeSchema.check(parked);
        JsonNode envelope = TestFunction.json(parked);
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

    /** Values that fail a run which would have resumed, waited or been recorded. */
    static Stream<Arguments> unwritableOnItsWay() {
        return Stream.of("hop", "checkpoint", "signal")
                .flatMap(where -> unwritable().filter(value -> !(value instanceof String))
                        .map(value -> Arguments.of(where, value)));
    }

    @ParameterizedTest
    @MethodSource("unwritableOnItsWay")
    void valueThatNoHopCarries_failsTheRun_andTheRestIsParked(String where, Object value) throws IOException {
        Flow flow = Flow.named("flow").node("puts", new Node<Object, Object>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("fine", 1);
                shared.put("odd", value);
                return null;
            }
        }).then("next").node("next", where.equals("signal") ? Await.signal("approved") : Node.route(shared -> null)).build();
        boolean kept = where.equals("checkpoint");
        TestFunction counter = new TestFunction(flow, kept ? new MemoryLedger(LedgerConfigValues.KEEP, clock) : Ledger.NONE,
                park(),
                clock,
                kept ? new String[] { "checkpoint", "step" } : new String[] { "budget.steps", "1" });

        JsonNode answer = failed(counter, "{}");

        assertThat(answer.at("/failure/message").asText()).contains("'odd'").doesNotContain(MADE_UP);
        assertThat(TestFunction.json(parked()).at("/store/fine").asInt()).isEqualTo(1);
        assertThat(TestFunction.json(parked()).at("/missing/store/0").asText()).isEqualTo("odd");
        assertThat(lines.all()).doesNotContain(MADE_UP);
    }

    /** A run leaves through a foreign client, which may throw anything. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void runThatCannotLeave_isParked(boolean linked) throws IOException {
        Flow flow = Flow.named("flow").node("rests", Wait.of(Duration.ofHours(1))).build();
        TestFunction counter = new TestFunction(flow, Ledger.NONE, park(), clock);
        counter.waking = () -> {
            if (linked) {
                throw new IllegalStateException(MADE_UP);
            }
            throw new NoClassDefFoundError(MADE_UP);
        };
        JsonNode answer = failed(counter, "{\"topic\":\"fjords\"}");

        assertThat(TestFunction.json(parked()).at("/store/topic").asText()).isEqualTo("fjords");
        assertThat(answer.at("/failure/message").asText()).contains("cannot be handed over: java.lang.")
                .doesNotContain(MADE_UP);
        assertThat(lines.all()).doesNotContain(MADE_UP);
        counter.waking = () -> {
        };
        assertThat(counter.send(answer.path("envelope").toString()).path("status").asText()).isEqualTo("handed-over");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void progressThatIsTooLarge_leavesTheStore(boolean items) throws IOException {
        String large = "x".repeat(20_000);
        Flow flow = Flow.named("flow").node("items", new BatchNode<Object, Object>() {
            @Override
            public List<Object> prep(Store shared) {
                return items ? Collections.nCopies(8, large) : List.of(1, 2, 3, 4, 5, 6, 7, 8);
            }

            @Override
            public Object exec(Object item) throws IOException {
                if (items || item.equals(8)) {
                    throw new IOException(MADE_UP);
                }
                return large;
            }
        }).build();
        failed(new TestFunction(flow, Ledger.NONE, park(), clock, "envelope.max-bytes", "65536"), "{\"topic\":\"fjords\"}");

        JsonNode envelope = TestFunction.json(parked());
        EnvelopeSchema.check(parked());
        assertThat(envelope.at("/store/topic").asText()).isEqualTo("fjords");
        assertThat(envelope.path("missing").toString()).isEqualTo("{\"store\":[],\"position\":true}");
        assertThat(lines.of(Level.SEVERE)).filteredOn(line -> line.contains("Left out")).singleElement()
                .satisfies(line -> assertThat(line).contains("no value of the store, the progress within the step ("));
    }

    /** A record of all missing names would not fit either. */
    @Test
    void namesThatAreTooMany_areCounted() throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            values.put("a-name-of-some-length-" + i, 1);
        }
        TestFunction counter = new TestFunction(putting(values), Ledger.NONE, park(), clock, "envelope.max-bytes", "65536");
        failed(counter, "{\"z\":1}");

        byte[] parked = parked();
        EnvelopeSchema.check(parked);
        JsonNode missing = TestFunction.json(parked).path("missing");
        assertThat(missing.path("store")).isNotEmpty().hasSizeLessThanOrEqualTo(100);
        assertThat(missing.path("store").size() + missing.path("more").asInt() + TestFunction.json(parked).path("store").size())
                .isEqualTo(values.size() + 1);
        assertThatThrownBy(() -> counter.send(new String(parked, UTF_8))).isInstanceOf(EnvelopeRefused.class)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(20_000));
    }

    @Test
    void usageThatIsTooLarge_isLeftOut() throws IOException {
        Flow flow = Flow.named("flow").node("uses", new Node<Object, Object>() {
            @Override
            public Object exec(Object prepared) throws IOException {
                for (int i = 0; i < 5_000; i++) {
                    Visit.current().use("a-unit-with-a-long-name-" + i, 1);
                }
                throw new IOException(MADE_UP);
            }
        }).build();
        failed(new TestFunction(flow, Ledger.NONE, park(), clock, "envelope.max-bytes", "65536"), "{}");

        assertThat(TestFunction.json(parked()).at("/failure/node").asText()).isEqualTo("uses");
    }

    @Test
    void answerHasTheRecord_withoutAPark_andTheLogTellsIt() {
        TestFunction counter = new TestFunction(putting(Map.of("fine", 1, "odd", new Object())), Ledger.NONE,
                FailedRunStore.NONE, clock);
        JsonNode answer = failed(counter, "{}");

        assertThat(answer.at("/envelope/missing/store/0").asText()).isEqualTo("odd");
        assertThat(lines.of(Level.SEVERE)).filteredOn(line -> line.contains("Left out")).singleElement()
                .satisfies(
                        line -> assertThat(line).contains("the answer has only a record of it", "'odd' (cannot be written)"));
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
        failed(new TestFunction(flow, Ledger.NONE, park(), clock), "{\"topic\":\"fjords\"}");

        byte[] parked = parked();
        EnvelopeSchema.check(parked);
        assertThat(TestFunction.json(parked).at("/missing/position").asBoolean()).isTrue();
        assertThat(TestFunction.json(parked).at("/store/topic").asText()).isEqualTo("fjords");
        assertThatThrownBy(
                () -> new TestFunction(flow, Ledger.NONE, FailedRunStore.NONE, clock).send(new String(parked, UTF_8)))
                .isInstanceOf(EnvelopeRefused.class).hasMessageContaining("the progress within its step");
    }

    @Test
    void secretsWithoutAKey_areLeftOut() throws IOException {
        Key<String> token = Key.secret("token", String.class);
        TestFunction counter = new TestFunction(Flow.named("flow").node("a", new Node<Object, Object>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put(token, "S3CRET");
                return null;
            }
        }).then("reads").node("reads", failing()).build(), Ledger.NONE, park(), clock, "envelope.seal", "none",
                "envelope.keys.k1",
                ConfigValues.PUBLIC);
        failed(counter, "{\"topic\":\"fjords\"}");

        assertThat(new String(parked(), UTF_8)).doesNotContain("S3CRET").contains("\"missing\":{\"store\":[\"token\"]}",
                "fjords");
    }

    /** A park may hold more than a ledger. */
    @Test
    void limitIsThatOfThePark() throws IOException {
        Ledger small = new Small(new MemoryLedger(LedgerConfigValues.KEEP, clock), 400_000);
        TestFunction counter = new TestFunction(putting(Map.of("large", "x".repeat(500_000))), small, park(), clock);
        JsonNode answer = failed(counter, "{}");

        JsonNode envelope = TestFunction.json(parked());
        assertThat(envelope.has("missing")).isFalse();
        assertThat(envelope.at("/store/large").asText()).hasSize(500_000);
        assertThat(failed(counter, envelope.toString()).path("run")).as("it resumes").isEqualTo(answer.path("run"));
    }

    /** A ledger with a lower limit. */
    private record Small(Ledger ledger, int limit) implements LedgerOver {
        @Override
        public boolean checkpoint(Turn turn, byte[] envelope) {
            assertThat(envelope.length).isLessThanOrEqualTo(limit);
            return ledger.checkpoint(turn, envelope);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void failureOfThePark_isLogged_andTheAnswerHasTheRun(boolean known) {
        FailedRunStore broken = new FailedRunStore() {
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
        JsonNode answer = failed(new TestFunction(putting(Map.of("fine", 1)), Ledger.NONE, broken, clock), "{}");

        assertThat(answer.at("/envelope/store/fine").asInt()).isEqualTo(1);
        assertThat(lines.of(Level.SEVERE)).anyMatch(line -> line.contains("run=" + answer.path("run").asText()
                + " is not parked: " + (known ? "no room" : "java.lang.IllegalStateException")));
        assertThat(lines.all()).doesNotContain(MADE_UP);
    }
}
