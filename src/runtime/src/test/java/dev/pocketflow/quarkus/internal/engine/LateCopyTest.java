package dev.pocketflow.quarkus.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.DirectoryFailedRunStore;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.park.LogFailedRunStore;
import dev.pocketflow.quarkus.internal.park.ParkProgress;
import dev.pocketflow.quarkus.internal.park.SqsFailedRunStore;
import dev.pocketflow.quarkus.internal.seal.Seal;

/**
 * An event of a failed hop that is delivered again and refused: for each reason, store of failed runs and progress of the run.
 */
class LateCopyTest {

    private static final String RUN = "01K0000000000000000000RVN1";
    private static final Reply TAKEN = new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.0"),
            "{\"MessageId\":\"1\"}".getBytes(UTF_8));

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private final List<String> lines = new ArrayList<>();
    private final RecordingServer sqs = new RecordingServer(request -> TAKEN);
    private final AwsSdkSettings settings = new AwsSdkSettings(sqs.url());
    private final Logger log = Logger.getLogger("dev.pocketflow.park");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line instanceof org.jboss.logmanager.ExtLogRecord ext ? ext.getFormattedMessage()
                    : String.valueOf(line.getMessage()));
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private final Seal seal = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private boolean failing = true;

    @AfterEach
    void stop() {
        settings.close();
        sqs.close();
        log.removeHandler(handler);
    }

    private FailedRunStore park(String kind) {
        log.addHandler(handler);
        return switch (kind) {
            case "directory" -> new DirectoryFailedRunStore(directory, envelope -> ParkProgress.of(seal, envelope));
            case "sqs" -> new SqsFailedRunStore(URI.create("https://sqs.eu-central-1.amazonaws.com/123456789012/parked"));
            case "fifo" -> new SqsFailedRunStore(URI.create("https://sqs.eu-central-1.amazonaws.com/123456789012/parked.fifo"));
            default -> new LogFailedRunStore(seal);
        };
    }

    /** {@return the parked envelopes that a person finds, oldest first} */
    private List<JsonNode> parked(String kind) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        if (kind.equals("directory")) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    all.add(Json.MAPPER.readTree(Files.readAllBytes(file)));
                }
            }
        } else if (kind.equals("log")) {
            for (String line : lines) {
                all.add(Json.MAPPER.readTree(seal.open(line.substring(line.indexOf("envelope=") + 9).getBytes(UTF_8))));
            }
        } else {
            for (RecordingServer.Request request : sqs.requests) {
                all.add(Json.MAPPER.readTree(Json.MAPPER.readTree(request.body()).path("MessageBody").asText()));
            }
        }
        return all;
    }

    private Flow flow(String progress, String name) {
        Node<Object, Object> fails = new Node<>() {
            @Override
            public Object exec(Object prepared) throws IOException {
                if (failing) {
                    throw new IOException("disk full");
                }
                return null;
            }
        };
        BatchNode<Integer, Integer> items = new BatchNode<>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2, 3);
            }

            @Override
            public Integer exec(Integer item) throws IOException {
                if (item == 3 && failing) {
                    throw new IOException("disk full");
                }
                return item;
            }
        };
        Node<Object, Object> nothing = new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.update("posts", posts -> posts == null ? 1 : (int) posts + 1);
                return null;
            }
        };
        return switch (progress) {
            case "at-once" -> Flow.named(name).node("a", fails).build();
            case "steps" -> Flow.named(name).node("a", nothing).then("b").node("b", nothing).then("c").node("c", fails).build();
            default -> Flow.named(name).node("a", nothing).then("b").node("b", items).build();
        };
    }

    private byte[] event(TestFunction counter) {
        Envelope first = new Envelope(RUN, "flow", 1, 0, Map.of(), Position.START,
                Store.of(Map.of("topic", "fjords".repeat(200))),
                List.of());
        return counter.engine.services().envelopes().pack(new HopMessage(first, null, false), Integer.MAX_VALUE);
    }

    private TestFunction refusing(String reason, String progress, FailedRunStore park) {
        Flow flow = flow(progress, "flow");
        return switch (reason) {
            case "EXPIRED" -> {
                clock.pass(Duration.ofDays(2));
                yield new TestFunction(flow, Ledger.NONE, park, clock);
            }
            case "TOO_MANY_HOPS" -> new TestFunction(flow, Ledger.NONE, park, clock, "budget.hops", "0");
            case "UNKNOWN_FLOW" -> new TestFunction(flow(progress, "other"), Ledger.NONE, park, clock);
            case "TOO_LARGE" -> new TestFunction(flow, Ledger.NONE, park, clock, "envelope.max-bytes", "1024");
            case "TOO_DEEP" -> new TestFunction(flow, Ledger.NONE, park, clock, "envelope.max-depth", "1");
            default -> throw new IllegalArgumentException(reason);
        };
    }

    static Stream<Arguments> lateCopies() {
        return Stream.of("EXPIRED", "TOO_MANY_HOPS", "UNKNOWN_FLOW", "TOO_LARGE", "TOO_DEEP")
                .flatMap(reason -> Stream.of("directory", "sqs", "fifo", "log")
                        .flatMap(kind -> Stream.of("at-once", "steps", "items")
                                .map(progress -> Arguments.of(reason, kind, progress))));
    }

    @ParameterizedTest
    @MethodSource("lateCopies")
    void failedRun_staysWhereItIsParked(String reason, String kind, String progress) throws IOException {
        FailedRunStore park = park(kind);
        TestFunction counter = new TestFunction(flow(progress, "flow"), Ledger.NONE, park, clock);
        byte[] event = event(counter);
        counter.send(new String(event, UTF_8));
        List<JsonNode> once = parked(kind);
        assertThat(once).singleElement().satisfies(envelope -> assertThat(envelope.has("failure")).isTrue());

        TestFunction late = refusing(reason, progress, park);
        assertThatThrownBy(() -> late.send(new String(event, UTF_8))).isInstanceOfSatisfying(EnvelopeRefused.class,
                refused -> assertThat(refused.reason().name()).isEqualTo(reason));

        assertThat(parked(kind)).contains(once.get(0));
        if (kind.equals("directory")) {
            assertThat(parked(kind)).isEqualTo(once);
        }
    }

    @Test
    void driftedCopy_doesNotTakeTheFailedRunsPlace() throws IOException {
        FailedRunStore park = park("directory");
        TestFunction counter = new TestFunction(flow("steps", "flow"), Ledger.NONE, park, clock);
        JsonNode failed = counter.send(new String(event(counter), UTF_8));

        TestFunction later = new TestFunction(flow("at-once", "flow"), Ledger.NONE, park, clock, "drift", "reject");
        assertThatThrownBy(() -> later.send(failed.path("envelope").toString())).isInstanceOf(EnvelopeRefused.class);

        assertThat(parked("directory")).containsExactly(failed.path("envelope"));
    }

    /** Without a ledger the copy runs again, and may make less progress. */
    @Test
    void copyThatFailsEarlier_leavesTheRunWithMoreProgress() throws IOException {
        FailedRunStore park = park("directory");
        TestFunction counter = new TestFunction(flow("steps", "flow"), Ledger.NONE, park, clock);
        byte[] event = event(counter);
        counter.send(new String(event, UTF_8));
        List<JsonNode> once = parked("directory");

        new TestFunction(flow("at-once", "flow"), Ledger.NONE, park, clock).send(new String(event, UTF_8));

        assertThat(parked("directory")).isEqualTo(once);
        assertThat(once.get(0).path("steps").asInt()).isEqualTo(3);
    }

    @Test
    void runThatFailsAgainOrHasMoreProgress_replacesItself() throws IOException {
        FailedRunStore park = park("directory");
        byte[] event = event(new TestFunction(flow("at-once", "flow"), Ledger.NONE, park, clock));
        new TestFunction(flow("at-once", "flow"), Ledger.NONE, park, clock).send(new String(event, UTF_8));
        TestFunction counter = new TestFunction(flow("steps", "flow"), Ledger.NONE, park, clock);
        counter.send(new String(event, UTF_8));
        JsonNode again = counter.send(parked("directory").get(0).toString());

        assertThat(parked("directory")).containsExactly(again.path("envelope"));
        assertThat(again.at("/envelope/steps").asInt()).isEqualTo(3);
    }

    /** The ledger has a checkpoint that the event lacks. */
    @Test
    void refusedCheckpoint_isParked_inPlaceOfTheEvent() throws IOException {
        Ledger ledger = new MemoryLedger(LedgerConfigValues.KEEP, clock);
        TestFunction counter = new TestFunction(flow("steps", "flow"), ledger, FailedRunStore.NONE, clock);
        byte[] event = event(counter);
        counter.send(new String(event, UTF_8));

        TestFunction later = new TestFunction(flow("at-once", "flow"), ledger, park("directory"), clock);
        assertThatThrownBy(() -> later.send(new String(event, UTF_8))).isInstanceOfSatisfying(EnvelopeRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(EnvelopeRefused.Reason.DRIFTED));

        assertThat(parked("directory")).singleElement()
                .satisfies(envelope -> assertThat(envelope.path("steps").asInt()).isEqualTo(3));
    }
}
