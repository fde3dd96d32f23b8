package dev.pocketflow.quarkus.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.config.StreamConfig;
import dev.pocketflow.quarkus.internal.load.MemoryBudget;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;

class StepEventStreamTest {

    private static final int BUFFER = 64 * 1024;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeConnection connection = new FakeConnection();
    private final Source run = new Source();
    private final Reads reads = new Reads();
    private final MemoryBudget shared = new MemoryBudget(10 * BUFFER);
    private final StepEventStream stream = StepEventStream.of(new Settings(), shared, connection, connection::nanos,
            run::tells);

    /** Fifteen seconds, sixty, and 64 KiB. */
    record Settings() implements StreamConfig {
        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Duration idle() {
            return Duration.ofSeconds(60);
        }

        @Override
        public MemorySize buffer() {
            return new MemorySizeConverter().convert(Integer.toString(BUFFER));
        }
    }

    /** A connection and its clock. */
    static final class FakeConnection implements StepEventStream.Reader {
        private record Task(long at, Runnable what) {
        }

        private final List<Task> tasks = new ArrayList<>();
        private long now;
        private long untaken;
        private boolean closed;

        long nanos() {
            return now;
        }

        void pass(Duration time) {
            long end = now + time.toNanos();
            while (true) {
                Task next = tasks.stream().filter(task -> task.at() <= end).min((a, b) -> Long.compare(a.at(), b.at()))
                        .orElse(null);
                if (next == null) {
                    now = end;
                    return;
                }
                tasks.remove(next);
                now = next.at();
                next.what().run();
            }
        }

        @Override
        public Runnable later(Duration delay, Runnable task) {
            Task later = new Task(now + delay.toNanos(), task);
            tasks.add(later);
            return () -> tasks.remove(later);
        }

        @Override
        public long untaken() {
            return untaken;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A run with events from a test. */
    static final class Source implements StepEventStream.Source {
        private Consumer<RunEvent> listener;
        private int started;
        private int cancelled;
        private final CompletableFuture<HopResponse> answer = new CompletableFuture<>();

        Source tells(Consumer<RunEvent> listener) {
            this.listener = listener;
            return this;
        }

        void tell(RunEvent event) {
            listener.accept(event);
        }

        @Override
        public String id() {
            return "RUN";
        }

        @Override
        public CompletionStage<HopResponse> startAsync() {
            started++;
            return answer;
        }

        @Override
        public void cancel() {
            cancelled++;
        }
    }

    /** A reader that keeps the events, and requests more when the test asks for it. */
    static final class Reads implements Subscriber<StreamMessage> {
        private final List<StreamMessage> came = new ArrayList<>();
        private Subscription subscription;
        private boolean askingAlways;
        private boolean complete;

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(StreamMessage item) {
            came.add(item);
            if (askingAlways) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable throwable) {
            throw new AssertionError(throwable);
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        void all() {
            askingAlways = true;
            subscription.request(1);
        }

        List<String> names() {
            return came.stream().map(StreamMessage::name).toList();
        }

        int skipped() {
            return came.stream().filter(message -> !message.isComment()).mapToInt(message -> json(message).path("skipped")
                    .asInt()).sum();
        }

        static JsonNode json(StreamMessage message) {
            try {
                return Json.MAPPER.readTree(message.json());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static RunEvent started(int sequence) {
        return new RunEvent.StepStarted("RUN", "flow", "node", sequence);
    }

    private static RunEvent emitted(int sequence, Object value) {
        return new RunEvent.Emitted("RUN", "flow", "node", sequence, OptionalInt.empty(), value);
    }

    private void ends() {
        run.answer.complete(new HopResponse(200, "{\"status\":\"completed\"}".getBytes(UTF_8), null));
    }

    static Stream<Function<Integer, RunEvent>> kinds() {
        return Stream.of(StepEventStreamTest::started,
                i -> new RunEvent.AttemptFailed("RUN", "flow", "node", i, OptionalInt.of(i), 1, new IOException("no")),
                i -> emitted(i, "token"), i -> emitted(i, List.of("a".repeat(1_000))), i -> emitted(i, "x".repeat(BUFFER)),
                i -> new RunEvent.StepFinished("RUN", "flow", "node", i, "default", 1, 1, null),
                i -> new RunEvent.StepFinished("RUN", "flow", "n".repeat(10_000), i, null, 1, 1, "java.io.IOException"),
                i -> i % 2 == 0 ? started(i) : emitted(i, "y".repeat(i % 5_000)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void waitingEvents_areLimitedAndCounted_ofEachKind(Function<Integer, RunEvent> event) {
        stream.subscribe(reads);
        int told = 5_000;
        for (int i = 0; i < told; i++) {
            run.tell(event.apply(i));
        }
        ends();
        reads.all();

        assertThat(reads.came.stream().mapToLong(StreamMessage::weight).sum()).isLessThan(BUFFER + 1_000);
        assertThat(reads.came.size() - 1 + reads.skipped()).as("sent and skipped").isEqualTo(told);
        StreamMessage last = reads.came.get(reads.came.size() - 1);
        assertThat(last.name()).isEqualTo("outcome");
        assertThat(Reads.json(last).path("status").asText()).isEqualTo("completed");
        assertThat(reads.complete).isTrue();
        assertThat(shared.taken()).isZero();
    }

    @Test
    void allStreamsTogether_holdAtMostTheirShare_andEachHoldsSome() {
        List<StepEventStream> streams = new ArrayList<>();
        List<Reads> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Source source = new Source();
            StepEventStream each = StepEventStream.of(new Settings(), shared, connection, connection::nanos, source::tells);
            streams.add(each);
            readers.add(new Reads());
            each.subscribe(readers.get(i));
            for (int event = 0; event < 1_000; event++) {
                source.tell(emitted(event, "x".repeat(200)));
            }
        }
        assertThat(shared.taken()).isGreaterThan(9 * BUFFER).isLessThanOrEqualTo(10 * BUFFER);
        readers.get(99).all();
        assertThat(readers.get(99).came.stream().mapToLong(StreamMessage::weight).sum()).isBetween(
                StepEventStream.ALWAYS - 1_000L, (long) StepEventStream.ALWAYS);
        streams.forEach(StepEventStream::cancel);
        assertThat(shared.taken()).isZero();
    }

    @Test
    void outcomeIsSent_ofAnySize_withTheNumberOfSkippedEvents() {
        stream.subscribe(reads);
        for (int i = 0; i < 3_000; i++) {
            run.tell(started(i));
        }
        run.answer.complete(new HopResponse(200, ("{\"text\":\"" + "x".repeat(5 * BUFFER) + "\"}").getBytes(UTF_8), null));
        reads.all();

        JsonNode outcome = Reads.json(reads.came.get(reads.came.size() - 1));
        assertThat(outcome.path("text").asText()).hasSize(5 * BUFFER);
        assertThat(outcome.path("skipped").asInt()).isPositive().isEqualTo(reads.skipped());
    }

    @Test
    void emittedValues_leaveRoomForSteps() {
        stream.subscribe(reads);
        for (int i = 0; i < 10_000; i++) {
            run.tell(emitted(1, "token"));
        }
        run.tell(new RunEvent.StepFinished("RUN", "flow", "node", 1, "default", 1, 1, null));
        ends();
        reads.all();

        assertThat(reads.names()).endsWith("finished", "outcome");
        assertThat(Reads.json(reads.came.get(reads.came.size() - 2)).path("skipped").asInt()).isPositive();
    }

    @Test
    void eventsOfTheRun_areNotSent_andTheOutcomeIs() {
        stream.subscribe(reads);
        reads.all();
        run.tell(new RunEvent.RunStarted("RUN", "flow"));
        run.tell(started(1));
        run.tell(new RunEvent.Completed("RUN", "flow", "default"));
        ends();

        assertThat(reads.names()).containsExactly("started", "outcome");
        assertThat(reads.skipped()).isZero();
    }

    @Test
    void nothingIsSkipped_whileTheReaderReads() {
        stream.subscribe(reads);
        reads.all();
        for (int i = 0; i < 20_000; i++) {
            run.tell(emitted(i, "token"));
        }
        ends();

        assertThat(reads.came).hasSize(20_001);
        assertThat(reads.skipped()).isZero();
    }

    @Test
    void commentIsSent_everyFifteenSeconds_whileANodeIsSilent() {
        stream.subscribe(reads);
        reads.all();
        connection.pass(SECOND.multipliedBy(10));
        run.tell(started(1));
        connection.pass(SECOND.multipliedBy(14));
        assertThat(reads.names()).containsExactly("started");
        connection.pass(SECOND);
        assertThat(reads.came).hasSize(2).last().matches(StreamMessage::isComment);
        connection.pass(SECOND.multipliedBy(300));
        assertThat(reads.came).hasSize(22);
        assertThat(run.cancelled).isZero();

        ends();
        connection.pass(SECOND.multipliedBy(300));
        assertThat(reads.names()).hasSize(23).endsWith("outcome");
        assertThat(connection.tasks).isEmpty();
    }

    @Test
    void runIsCancelledAndTheConnectionClosed_whenTheReaderReadsNothing() {
        stream.subscribe(reads);
        reads.subscription.request(1);
        run.tell(started(1));
        connection.untaken = 500;
        run.tell(started(2));
        connection.pass(SECOND.multipliedBy(59));
        assertThat(run.cancelled).isZero();
        connection.pass(SECOND.multipliedBy(31));

        assertThat(run.cancelled).isEqualTo(1);
        assertThat(connection.closed).isTrue();
        assertThat(connection.tasks).isEmpty();
        reads.all();
        run.tell(started(3));
        ends();
        assertThat(reads.names()).containsExactly("started");
    }

    @Test
    void outcomeIsDropped_whenTheReaderReadsNothing() {
        stream.subscribe(reads);
        run.tell(started(1));
        ends();
        connection.pass(SECOND.multipliedBy(90));

        assertThat(run.cancelled).as("it is over").isZero();
        assertThat(connection.closed).isTrue();
    }

    @Test
    void readerIsNotDropped_whenItReadsALargeEventSlowly() {
        stream.subscribe(reads);
        reads.subscription.request(1);
        run.tell(started(1));
        for (int i = 0; i < 100; i++) {
            connection.untaken = 1_000_000 - i * 1_000;
            connection.pass(SECOND.multipliedBy(14));
        }
        assertThat(run.cancelled).isZero();
        assertThat(connection.closed).isFalse();
        connection.pass(SECOND.multipliedBy(90));
        assertThat(connection.closed).isTrue();
    }

    @Test
    void readerIsNotDropped_whenANodeIsSilent() {
        stream.subscribe(reads);
        reads.subscription.request(1_000);
        connection.pass(Duration.ofHours(1));
        run.tell(started(1));
        connection.pass(SECOND.multipliedBy(30));

        assertThat(connection.closed).isFalse();
        assertThat(run.cancelled).isZero();
    }

    @Test
    void runIsStartedCancelled_withoutASubscriber() {
        stream.cancel();

        assertThat(run.cancelled).isEqualTo(1);
        assertThat(run.started).isEqualTo(1);
        stream.subscribe(reads);
        ends();
        assertThat(run.started).isEqualTo(1);
        assertThat(reads.came).isEmpty();
        assertThat(connection.tasks).isEmpty();
    }

    @Test
    void runIsCancelledOnce_whenItsReaderDisconnects() {
        stream.subscribe(reads);
        reads.subscription.cancel();
        stream.cancel();
        ends();

        assertThat(run.cancelled).isEqualTo(1);
        assertThat(run.started).isEqualTo(1);
        assertThat(reads.complete).isFalse();
    }
}
