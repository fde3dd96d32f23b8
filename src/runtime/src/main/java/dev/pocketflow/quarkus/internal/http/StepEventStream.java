package dev.pocketflow.quarkus.internal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.config.ConfigValidator;
import dev.pocketflow.quarkus.config.StreamConfig;
import dev.pocketflow.quarkus.internal.load.MemoryBudget;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/**
 * A run as a stream: the events of its steps as they happen, and its outcome at the end, which tells how the run ended. A
 * limited amount of data waits for a slow reader. Further events are skipped, and the next event that is sent holds their
 * number. The outcome is never skipped. If a reader disconnects, or reads nothing for too long, its run is cancelled.
 * Thread-safe; for one subscriber.
 */
public final class StepEventStream implements Publisher<StreamMessage>, Subscription {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.stream");
    private static final long NOT_ASKED = -1;
    /** The bytes that may wait in each stream, whatever other streams do. */
    static final int ALWAYS = ConfigValidator.LEAST_STREAM_BUFFER;

    /** The run. */
    public interface Source {
        String id();

        CompletionStage<HopResponse> startAsync();

        void cancel();
    }

    /** The connection to the reader. */
    public interface Reader {
        /** {@return an action that cancels the task} */
        Runnable later(Duration delay, Runnable task);

        /** {@return the bytes that were sent and not read; 0 if unknown} */
        long untaken();

        void close();
    }

    private final StreamConfig config;
    private final int most;
    private final Reader reader;
    private final LongSupplier nanos;
    private final MemoryBudget shared;
    private final Deque<StreamMessage> waiting = new ArrayDeque<>();
    private Source run; // null once it is over
    private String id;
    private Subscriber<? super StreamMessage> subscriber;
    private Runnable timer;
    private volatile long bytes; // of the waiting messages
    private long borrowed;
    private long demand;
    private final AtomicInteger skipped = new AtomicInteger();
    private long sent; // the time of the last message, in nanoseconds
    private long untaken = NOT_ASKED;
    private boolean started;
    private boolean draining;
    private boolean ended; // the outcome is in the queue
    private volatile boolean closed; // nothing is sent any more

    private StepEventStream(StreamConfig config, MemoryBudget shared, Reader reader, LongSupplier nanos) {
        this.config = config;
        this.shared = shared;
        this.most = (int) Math.min(Integer.MAX_VALUE, config.buffer().asLongValue());
        this.reader = reader;
        this.nanos = nanos;
        this.sent = nanos.getAsLong();
    }

    /**
     * Makes the stream of a run, which starts with the first subscription.
     *
     * @param shared the memory for the waiting messages of all streams
     * @param source makes the run, which passes its events to the consumer
     * @throws RuntimeException if the event is refused, before there is a stream
     */
    public static StepEventStream of(StreamConfig config, MemoryBudget shared, Reader reader, LongSupplier nanos,
            Function<Consumer<RunEvent>, Source> source) {
        StepEventStream stream = new StepEventStream(config, shared, reader, nanos);
        stream.run = source.apply(stream::tell);
        stream.id = stream.run.id();
        stream.watch();
        return stream;
    }

    @Override
    public void subscribe(Subscriber<? super StreamMessage> subscriber) {
        Source starting;
        synchronized (this) {
            this.subscriber = subscriber;
            starting = run;
        }
        subscriber.onSubscribe(this);
        start(starting);
    }

    private void start(Source source) {
        synchronized (this) {
            if (started) {
                return;
            }
            started = true;
        }
        source.startAsync().whenComplete((answer, refused) -> end(answer == null ? HopResponse.refused(refused) : answer));
    }

    /**
     * Receives an event of the run; parallel steps call it at once. Skipping an event and making its bytes takes no lock: a
     * node that emits without a pause would otherwise block the connection's own thread.
     */
    private void tell(RunEvent event) {
        if (closed || !(event instanceof RunEvent.StepEvent step)) {
            return;
        }
        long room = room(step);
        if (StreamMessage.isLonger(step, room)) {
            skipped.incrementAndGet();
            return;
        }
        int before = skipped.getAndSet(0);
        StreamMessage message = StreamMessage.of(step, before);
        if (message.weight() > room || !added(message)) {
            skipped.addAndGet(before + 1);
            return;
        }
        drain();
    }

    /** {@return the most bytes that may be added now} */
    private long room(RunEvent.StepEvent event) {
        long now = bytes;
        return Math.min(most - now - (event instanceof RunEvent.Emitted ? most / 8 : 0),
                Math.max(0, ALWAYS - now) + shared.left());
    }

    private synchronized boolean added(StreamMessage message) {
        if (closed || bytes + message.weight() > most || !borrow(bytes + message.weight())) {
            return false;
        }
        add(message);
        return true;
    }

    /** {@return whether this many bytes may wait}. Each stream has its own part; beyond it all streams share one budget. */
    private boolean borrow(long waiting) {
        long more = Math.max(0, waiting - ALWAYS) - borrowed;
        if (more > 0 && !shared.take(more)) {
            return false;
        } else if (more < 0) {
            shared.giveBack(-more);
        }
        borrowed += more;
        return true;
    }

    private void add(StreamMessage message) {
        waiting.add(message);
        bytes += message.weight();
    }

    private void end(HopResponse answer) {
        synchronized (this) {
            run = null; // frees the run with its store
            if (closed) {
                return;
            }
            add(StreamMessage.outcome(answer, skipped.get()));
            ended = true;
        }
        drain();
    }

    @Override
    public void request(long count) {
        synchronized (this) {
            demand = Math.addExact(demand, Math.min(count, Integer.MAX_VALUE));
        }
        drain();
    }

    /** Sends the messages in order and without the lock: a subscriber may request the next event at once. */
    private void drain() {
        synchronized (this) {
            if (draining || subscriber == null) {
                return;
            }
            draining = true;
        }
        for (StreamMessage next = next(); next != null; next = next()) {
            subscriber.onNext(next);
        }
    }

    private StreamMessage next() {
        synchronized (this) {
            if (!closed && demand > 0 && !waiting.isEmpty()) {
                StreamMessage next = waiting.remove();
                bytes -= next.weight();
                borrow(Math.min(bytes, borrowed + ALWAYS)); // no outcome was ever requested
                demand--;
                sent = nanos.getAsLong();
                untaken = NOT_ASKED;
                return next;
            }
            draining = false;
            if (closed || !ended || !waiting.isEmpty()) {
                return null;
            }
            close();
        }
        subscriber.onComplete();
        return null;
    }

    /** Keeps the connection alive while nodes are silent, and drops a reader that reads nothing. */
    private void watch() {
        boolean stalled;
        synchronized (this) {
            if (closed) {
                return;
            }
            long now = nanos.getAsLong();
            stalled = demand == 0 && isStalled(now);
            if (demand > 0 && waiting.isEmpty() && now - sent >= config.heartbeat().toNanos()) {
                add(StreamMessage.COMMENT);
                sent = now;
            }
            timer = stalled ? null : reader.later(pause(now), this::watch);
        }
        if (stalled) {
            LOG.infof("run=%s is no longer streamed: its reader read nothing for %s (quarkus.pocketflow.stream.idle)", id,
                    config.idle());
            cancel();
            reader.close();
        } else {
            drain();
        }
    }

    /** {@return whether the reader reads nothing}. A reader that reads a large event in parts does not stall. */
    private boolean isStalled(long now) {
        long left = reader.untaken();
        if (left != untaken) {
            sent = untaken == NOT_ASKED ? sent : now;
            untaken = left;
            return false;
        }
        return now - sent >= config.idle().toNanos();
    }

    private Duration pause(long now) {
        long heartbeat = config.heartbeat().toNanos();
        long left = heartbeat - (now - sent);
        return Duration.ofNanos(Math.min(left > 0 ? left : heartbeat, config.idle().toNanos() / 2));
    }

    private void close() {
        closed = true;
        waiting.clear();
        bytes = 0;
        borrow(0);
        if (timer != null) {
            timer.run();
            timer = null;
        }
    }

    /** Also cancels a run that nobody has subscribed to: if it never started, it would block its hop for others. */
    @Override
    public void cancel() {
        Source cancelled;
        synchronized (this) {
            cancelled = closed ? null : run;
            close();
        }
        if (cancelled != null) {
            LOG.infof("run=%s is cancelled: its reader disconnected", id);
            cancelled.cancel();
            start(cancelled);
        }
    }
}
