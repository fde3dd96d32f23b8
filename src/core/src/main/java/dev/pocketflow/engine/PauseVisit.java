package dev.pocketflow.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.pocketflow.Await;
import dev.pocketflow.FlowException;
import dev.pocketflow.GraphNode;
import dev.pocketflow.Key;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.Wait;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Actions;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.LogText;

/** A visit to a {@link Wait} or an {@link Await}, the pause before a durable retry, and the signals that end a pause. */
final class PauseVisit extends StepVisit {

    /** The last instant that the JSON of an envelope can name, and that a timer takes. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Await await; // null for a Wait
    private final Duration duration; // null without end, and for an instant
    private final Key<Instant> until; // null without an instant

    PauseVisit(Wait wait) {
        this.await = null;
        this.duration = wait.duration();
        this.until = wait.until();
    }

    PauseVisit(Await await) {
        this.await = await;
        this.duration = await.expires();
        this.until = null;
    }

    /** {@return what is waited for; null for a {@link Wait}} */
    Await await() {
        return await;
    }

    @Override
    boolean takes(Position.Pause pause) {
        return pause.retries() == 0 && (await != null || pause.until() != null);
    }

    @Override
    boolean walk(Walker walker, CancellationScope scope, boolean waiting) {
        RunContext run = walker.recorder().run;
        Frame frame = walker.top();
        walker.recorder().end();
        run.check(frame.flow.name, frame.at.name, scope);
        if (frame.pause == null) {
            frame.pause = begin(run, frame, scope);
        }
        String signalled = frame.signalled;
        if (signalled == null && !isOver(run, frame.pause)) {
            walker.rest();
            return false;
        }
        Position.Pause pause = end(frame);
        String action = signalled != null ? signalled : await != null ? Await.EXPIRED : Actions.DEFAULT;
        long nanos = Math.max(0, ChronoUnit.NANOS.between(pause.since(), run.options().clock().instant()));
        run.finished(new RunEvent.StepFinished(run.id(), frame.flow.name, frame.at.name, pause.step(), action, nanos, 0, null),
                scope);
        walker.route(action);
        return true;
    }

    /** Removes the value under the signal's name: an older value must not be taken for the payload of the signal. */
    private Position.Pause begin(RunContext run, Frame frame, CancellationScope scope) {
        int sequence = frame.step > 0 ? run.again(frame.flow.name, frame.at.name, scope, frame.step)
                : run.admit(frame.flow.name, frame.at.name, scope);
        if (run.listened()) {
            run.tell(new RunEvent.StepStarted(run.id(), frame.flow.name, frame.at.name, sequence));
        }
        Position.Pause pause = until == null ? pause(run, sequence, duration, 0) : untilInstant(run, frame, sequence, scope);
        frame.step = 0; // from here on the pause has the number
        if (await != null) {
            frame.shared.remove(await.signal());
        }
        return pause;
    }

    private Position.Pause untilInstant(RunContext run, Frame frame, int sequence, CancellationScope scope) {
        try {
            return new Position.Pause(sequence, now(run), instant(frame.shared.get(until)), 0);
        } catch (FlowException e) {
            frame.step = sequence;
            run.finished(new RunEvent.StepFinished(run.id(), frame.flow.name, frame.at.name, sequence, null, 0, 0,
                    e.getClass().getName()), scope);
            throw FlowException.StepFailed.of(frame.flow.name, frame.at.name,
                    "the wait until store key '" + LogText.of(until.name()) + "'", e);
        }
    }

    /** {@return the instant, rounded up to the milliseconds of a pause} */
    private static Instant instant(Instant read) {
        if (read == null) {
            throw new FlowException.BadInput("the value is null. Put an Instant there before this step");
        } else if (read.isAfter(LAST)) {
            throw new FlowException.BadInput("the instant is after " + LAST + ". Put an earlier one there before this step");
        }
        return read.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Position.Pause pause(RunContext run, int sequence, Duration duration, int retries) {
        Instant now = now(run);
        return new Position.Pause(sequence, now, duration == null ? null : now.plus(duration), retries);
    }

    private static Instant now(RunContext run) {
        return run.options().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static boolean isOver(RunContext run, Position.Pause pause) {
        return pause.until() != null && !run.options().clock().instant().isBefore(pause.until());
    }

    private static Position.Pause end(Frame frame) {
        Position.Pause pause = frame.pause;
        frame.pause = null;
        frame.signalled = null;
        frame.retries = pause.retries();
        return pause;
    }

    /**
     * Begins the pause before a durable retry.
     *
     * @return false if the node is not to be repeated, or not once more
     */
    static boolean repeatLater(Walker walker, FlowException.StepFailed failure, CancellationScope scope) {
        Frame frame = walker.top();
        GraphNode.RetryLater retry = failure.isInExec() ? frame.at.retryLater : null;
        if (retry == null || scope.cancelled() || frame.retries >= retry.times()) {
            return false;
        }
        walker.recorder().end();
        frame.pause = pause(walker.recorder().run, 0, retry.delay(), frame.retries + 1);
        walker.rest();
        return true;
    }

    /** {@return whether the pause before a durable retry is over, and the node is visited again} */
    static boolean repeat(Walker walker, CancellationScope scope) {
        RunContext run = walker.recorder().run;
        Frame frame = walker.top();
        walker.recorder().end();
        run.check(frame.flow.name, frame.at.name, scope);
        if (!isOver(run, frame.pause)) {
            walker.rest();
            return false;
        }
        end(frame);
        return true;
    }

    /**
     * Checks whether a run takes a signal.
     *
     * @param awaiting the frame that waits; null for none
     * @throws FlowException.UnexpectedSignal if it is another signal, has no edge, or comes too late
     */
    static void check(String run, Frame awaiting, String name, String action, Instant now) {
        if (awaiting == null) {
            throw new FlowException.UnexpectedSignal(run, "waits for no signal, and got '" + LogText.of(name) + "'");
        }
        Await await = awaiting.at.awaits();
        String where = "at node '" + awaiting.at.name + "' of flow '" + awaiting.flow.name + "'";
        if (!await.signal().equals(name)) {
            throw new FlowException.UnexpectedSignal(run,
                    "waits for signal '" + await.signal() + "' " + where + ", and got '" + LogText.of(name) + "'");
        }
        if (awaiting.pause.until() != null && !now.isBefore(awaiting.pause.until())) {
            throw new FlowException.UnexpectedSignal(run, "waited for signal '" + name + "' " + where + " until "
                    + awaiting.pause.until() + ", and it came later");
        }
        Set<String> actions = new LinkedHashSet<>(awaiting.at.edges.keySet());
        actions.addAll(awaiting.at.graphNode.ends());
        if (actions.isEmpty()) {
            return;
        }
        if (await.expires() != null) {
            actions.remove(Await.EXPIRED);
        }
        if (actions.isEmpty()) {
            throw new FlowException.UnexpectedSignal(run, "declares no action for signal '" + name + "' " + where
                    + ". Add an edge or ends(...) for '" + LogText.of(action) + "'");
        }
        if (!actions.contains(action)) {
            throw new FlowException.UnexpectedSignal(run, "takes " + LogText.list(actions) + " as the action of signal '"
                    + name + "' " + where + ", and got '" + LogText.of(action) + "'");
        }
    }

    /**
     * Puts the payload of a signal into the store.
     *
     * @param sent the sender's key; null for a payload of any type
     * @throws FlowException.BadPayload if it cannot be read as the signal's type; the store stays as it was
     */
    static <T> void put(String run, Store store, Await await, Key<T> sent, T payload) {
        if (payload == null) {
            store.remove(await.signal());
        } else if (await.payload() == null) {
            put(store, await.signal(), sent, payload);
        } else {
            typed(run, store, await.payload(), sent, payload);
        }
    }

    private static <T> Store put(Store store, String name, Key<T> sent, T payload) {
        return sent == null ? store.put(name, payload) : store.put(sent, payload);
    }

    private static <T, S> void typed(String run, Store store, Key<T> key, Key<S> sent, S payload) {
        T value;
        try {
            value = put(Store.create(), key.name(), sent, payload).get(key);
        } catch (FlowException.BadValue e) {
            throw new FlowException.BadPayload(run, key, e.getCause());
        }
        store.remove(key.name());
        put(store, key.name(), sent, payload); // the value is secret if the sender's key is
        store.put(key, value);
    }
}
