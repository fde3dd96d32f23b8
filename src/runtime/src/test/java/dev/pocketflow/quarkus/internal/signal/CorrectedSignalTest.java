package dev.pocketflow.quarkus.internal.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeSchema;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LocalLedgerTable;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.DynamoDbLedger;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/** Corrections of a signal that was refused or failed the run. */
class CorrectedSignalTest {

    record Amount(int cents) {
    }

    private static final Key<Amount> APPROVED = Key.of("approved", Amount.class);
    private static LocalDynamo dynamo; // null until the first test that needs it

    private final SettableClock clock = new SettableClock();
    private final List<String> noted = new ArrayList<>();
    private final List<byte[]> parked = new ArrayList<>();
    private Throwable failure;
    private AwsSdkSettings settings;
    private TestFunction counter;

    @AfterAll
    static void stopDynamo() {
        if (dynamo != null) {
            dynamo.close();
            dynamo = null;
        }
    }

    @AfterEach
    void empty() {
        if (settings != null) {
            settings.close();
            dynamo.empty("pocketflow");
        }
    }

    /** A node that notes its work, and its key. */
    private Node<Object, Object> noting(String name) {
        return new Node<>() {
            @Override
            public Object exec(Object prepared) {
                noted.add(name + Visit.current().key().substring(26));
                return null;
            }
        };
    }

    /** Pays the approved amount. */
    private final class Pay implements Node<Amount, Amount> {
        @Override
        public Amount prep(Store shared) {
            return shared.get(APPROVED);
        }

        @Override
        public Amount exec(Amount amount) throws Exception {
            noted.add("pay " + amount.cents + Visit.current().key().substring(26));
            if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw (Exception) failure;
            }
            return amount;
        }
    }

    private Flow flow() {
        return Flow.named("order").node("draft", noting("draft")).then("approval")
                .node("approval", Await.signal("approved").expires(Duration.ofDays(30))).on("yes", "book").on("no", "refuse")
                .ends("expired").node("book", noting("book")).then("pay").node("pay", new Pay())
                .node("refuse", noting("refuse")).build();
    }

    /** {@return the token of a run that waits} */
    private String waiting(String ledger, String checkpoint, boolean durable) {
        Ledger kept = new MemoryLedger(LedgerConfigValues.KEEP, clock);
        if (ledger.equals("dynamodb")) {
            dynamo = dynamo == null ? LocalLedgerTable.start() : dynamo;
            settings = new AwsSdkSettings(dynamo.endpoint().toString());
            kept = new DynamoDbLedger(LedgerConfigValues.table("pocketflow"), clock);
        }
        FailedRunStore park = durable ? new Kept(parked) : FailedRunStore.NONE;
        counter = new TestFunction(flow(), kept, park, clock, "checkpoint", checkpoint);
        counter.send("{}");
        noted.clear();
        return counter.told.remove(0).token();
    }

    private record Kept(List<byte[]> parked) implements FailedRunStore {
        @Override
        public int limit() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public String park(Message message) {
            parked.add(message.envelope());
            return "the test";
        }
    }

    private static void isUsed(ThrowingCallable signal) {
        assertThatThrownBy(signal).isInstanceOfSatisfying(EnvelopeRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.USED));
    }

    @ParameterizedTest
    @CsvSource({ "memory, hop", "memory, step", "dynamodb, hop", "dynamodb, step" })
    void unreadablePayload_isCorrected_andThenTheTokenIsUsed(String ledger, String checkpoint) {
        String token = waiting(ledger, checkpoint, false);

        JsonNode failed = counter.signal(token, "yes", Map.of("cents", "a lot"));
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("failure").path("node").asText()).isEqualTo("pay");
        assertThat(counter.signal(token, "yes", "nothing").path("status").asText()).isEqualTo("failed");
        JsonNode ended = counter.signal(token, "yes", Map.of("cents", 700));

        assertThat(ended.path("status").asText()).isEqualTo("completed");
        assertThat(ended.path("store").path("approved").path("cents").asInt()).isEqualTo(700);
        assertThat(noted).as("from the wait on").containsExactly("book/3", "book/3", "book/3", "pay 700/4");
        isUsed(() -> counter.signal(token, "yes", Map.of("cents", 700)));
        isUsed(() -> counter.signal(token, "yes", Map.of("cents", "a lot")));
        isUsed(() -> counter.signal(token, "no", null));
        assertThat(counter.send(failed.path("envelope").toString())).as("what failed before is answered by what came of it")
                .isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({ "memory, hop", "dynamodb, step" })
    void anotherActionIsAccepted_afterTheRunFailedOnTheFirst(String ledger, String checkpoint) {
        String token = waiting(ledger, checkpoint, false);
        failure = new IllegalStateException("the bank is down");

        assertThat(counter.signal(token, "yes", Map.of("cents", 7)).path("status").asText()).isEqualTo("failed");
        JsonNode ended = counter.signal(token, "no", null);

        assertThat(ended.path("status").asText()).isEqualTo("completed");
        assertThat(ended.path("store").has("approved")).isFalse();
        assertThat(noted).containsExactly("book/3", "pay 7/4", "refuse/3");
    }

    @ParameterizedTest
    @CsvSource({ "memory, hop", "memory, step", "dynamodb, hop", "dynamodb, step" })
    void sameSignalResumes_whereTheRunFailed(String ledger, String checkpoint) {
        String token = waiting(ledger, checkpoint, false);
        failure = new IllegalStateException("the bank is down");
        String event = "{\"pocketflow\":{\"token\":\"" + token + "\",\"signal\":\"approved\",\"action\":\"yes\",\"payload\":";

        JsonNode failed = counter.send(event + "{\"cents\":7,\"by\":\"Ada\"}}}");
        counter.send(event + "{\"by\": \"Ada\", \"cents\": 7}}}");
        failure = null;
        counter.send(failed.path("envelope").toString());

        assertThat(noted).containsExactly("book/3", "pay 7/4", "pay 7/4", "pay 7/4");
        isUsed(() -> counter.signal(token, "yes", Map.of("cents", 8)));
    }

    @Test
    void correctionIsAcceptedAgain_afterACrash() {
        String token = waiting("memory", "hop", false);
        counter.signal(token, "yes", "nothing");
        failure = new OutOfMemoryError("made up");
        counter.signal(token, "yes", Map.of("cents", 8));
        failure = null;

        assertThat(counter.signal(token, "yes", Map.of("cents", 8)).path("status").asText()).isEqualTo("completed");
        assertThat(noted).endsWith("pay 8/4");
    }

    /** Nobody was told that the signal was wrong. */
    @Test
    void signalIsBinding_afterItsHopCrashed() {
        String token = waiting("memory", "step", false);
        failure = new OutOfMemoryError("made up");
        assertThat(counter.signal(token, "yes", Map.of("cents", 7)).path("failure").path("type").asText())
                .isEqualTo("java.lang.OutOfMemoryError");
        failure = null;

        isUsed(() -> counter.signal(token, "yes", Map.of("cents", 8)));
        isUsed(() -> counter.signal(token, "no", null));
        assertThat(counter.signal(token, "yes", Map.of("cents", 7)).path("status").asText()).isEqualTo("completed");
        assertThat(noted).containsExactly("book/3", "pay 7/4", "pay 7/4");
    }

    @Test
    void signalIsBinding_afterTheFailedRunWasParkedDurably() {
        String token = waiting("memory", "step", true);
        counter.signal(token, "yes", "nothing");

        isUsed(() -> counter.signal(token, "yes", Map.of("cents", 8)));
        assertThat(parked).singleElement().satisfies(envelope -> {
            EnvelopeSchema.check(envelope);
            assertThat(TestFunction.json(envelope).path("hop").asInt()).isEqualTo(2);
        });
    }

    @Test
    void cancelledRun_isNotResumedByASignal() {
        String token = waiting("memory", "step", false);
        String run = counter.engine.open(token).run();
        counter.engine.cancel(run);

        for (int i = 0; i < 2; i++) {
            assertThat(counter.signal(token, "yes", Map.of("cents", 7)).path("failure").path("message").asText())
                    .contains("cancelled");
        }
        assertThat(noted).isEmpty();
    }

    @Test
    void digestTellsEqualityOnly() {
        byte[] run = "one run".getBytes(UTF_8);
        Signal signal = new Signal("t", "approved", "yes", Map.of("cents", 7));

        assertThat(signal.digest(run)).hasSize(43).isEqualTo(signal.digest(run))
                .isEqualTo(new Signal("another", "approved", "yes", Map.of("cents", 7)).digest(run))
                .isNotEqualTo(signal.digest("another run".getBytes(UTF_8)))
                .isNotEqualTo(new Signal("t", "approved", "yes", Map.of("cents", 8)).digest(run))
                .isNotEqualTo(new Signal("t", "approved", "no", Map.of("cents", 7)).digest(run))
                .isNotEqualTo(new Signal("t", "other", "yes", Map.of("cents", 7)).digest(run));
        assertThat(new Signal("t", "approved", null, null).digest(run))
                .isEqualTo(new Signal("t", "approved", "default", null).digest(run))
                .isEqualTo(new Signal("t", "approved", "", null).digest(run));
        assertThatThrownBy(() -> new Signal("t", "approved", null, new Object()).digest(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the payload of signal 'approved' cannot be written as JSON");
    }
}
