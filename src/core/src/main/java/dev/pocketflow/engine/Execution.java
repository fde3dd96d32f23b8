package dev.pocketflow.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.pocketflow.Await;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Outcome;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.CarriedParts;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.context.RunOptions;
import dev.pocketflow.engine.position.Position;

/** One invocation's share of a run: from an envelope to the next, or to the end. */
public final class Execution {

    private final FlowGraph graph;
    private final boolean starts; // the run, and does not resume it
    private final ModelAccess model = ModelAccess.get();
    private final List<Position.Frame> others; // the frames of the functions that called this one
    private volatile Envelope origin;
    private volatile RunContext run;
    private volatile Walker walker;
    private int changes; // of the store, before this hop
    private boolean begun; // the listener knows that the run began
    private boolean ended; // the listener knows that it ended

    /** @throws FlowException.Drifted if the flow does not have what the envelope's frames stand on */
    public Execution(Flow flow, Envelope origin) {
        this.graph = FlowGraph.of(flow);
        this.origin = origin;
        this.run = new RunContext(origin);
        this.starts = origin.hop() == 0 && origin.steps() == 0;
        this.changes = model.changes(origin.store());
        this.others = origin.position().frames().subList(0, Math.max(0, origin.position().segment()));
        this.walker = walker();
    }

    private Walker walker() {
        List<Position.Frame> frames = origin.position().frames();
        Store outer = others.isEmpty() ? origin.store() : model.with(origin.store(), params());
        List<Position.Frame> own = frames.subList(others.size(), frames.size());
        if (!own.isEmpty()) {
            return PositionReader.walker(run, graph, outer, own);
        } else if (!origin.flow().equals(graph.name)) {
            throw new FlowException.Drifted(graph.name, List.of("flow '" + origin.flow() + "'"));
        }
        return new Walker(run, new Frame(null, graph, outer, true), "", 0);
    }

    /** {@return the params of the innermost iteration that led here, which include the params around it} */
    private Map<String, Object> params() {
        for (int i = others.size() - 1; i >= 0; i--) {
            if (others.get(i).loop() != null) {
                return others.get(i).params();
            }
        }
        return Map.of();
    }

    /** {@return the envelope that the run continues from} */
    public Envelope origin() {
        return origin;
    }

    /** {@return what the steps used so far, by unit} */
    public Map<String, Double> usage() {
        return run.usage();
    }

    /** {@return the last finished steps, oldest first} */
    public List<RunEvent.StepFinished> path() {
        return run.path.last();
    }

    /** {@return the visits made so far} */
    public int steps() {
        return run.path.steps();
    }

    /** Walks the flow on the calling thread until the run ends. To be called once. */
    public Outcome start(RunOptions options) {
        run.begin(options);
        return walk(true);
    }

    /** Walks the flow on other threads until the run ends. To be called once. Cancelling the future cancels the run. */
    public CompletableFuture<Outcome> startAsync(RunOptions options) {
        run.begin(options);
        return AsyncExecution.start(this, options.threads());
    }

    /** {@return the name of the signal that the run waits for; null if it waits for none, or the signal has come} */
    public String signal() {
        Await await = awaits();
        return await == null ? null : await.signal();
    }

    /**
     * Gives the run the signal that it waits for.
     *
     * @param key of the payload, as the sender has it; null for a payload of any type
     * @param payload null leaves no value under the signal's name
     * @throws FlowException.UnexpectedSignal if the run does not wait for it, or no longer, or not for this action
     * @throws FlowException.BadPayload if the payload is not of the signal's type
     */
    public <T> void signal(String name, Key<T> key, String answered, T payload, Instant now) {
        Frame awaiting = walker.awaiting();
        String action = CarriedParts.action(answered);
        PauseVisit.check(run.id(), awaiting, name, action, now);
        PauseVisit.put(run.id(), awaiting.shared, awaiting.at.awaits(), key, payload);
        awaiting.signalled = action;
    }

    CompletionStage<?> pending() {
        return walker.pending();
    }

    /** Stops the run before its next step, and interrupts the step in flight. */
    public void cancel() {
        run.scope.cancel();
        walker.cancelPending();
    }

    /** {@return the outcome; null if a stage is pending and this thread must not wait for it} */
    Outcome walk(boolean waiting) {
        try {
            if (!begun) {
                begun = true;
                run.tell(origin.position().frames().isEmpty() ? new RunEvent.RunStarted(run.id(), origin.flow())
                        : new RunEvent.RunResumed(run.id(), origin.flow(), hop()));
            }
            Outcome outcome = walkOn(waiting);
            if (outcome != null) {
                ended = true;
                run.tell(end(outcome));
            }
            return outcome;
        } catch (Throwable e) {
            abort(e);
            throw e;
        }
    }

    private RunEvent end(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            return new RunEvent.Completed(run.id(), origin.flow(), completed.action());
        } else if (outcome instanceof Outcome.Failed failed) {
            return new RunEvent.Failed(run.id(), origin.flow(), failed.failure());
        } else if (outcome instanceof Outcome.Suspended suspended) {
            Envelope next = suspended.envelope();
            return new RunEvent.Suspended(run.id(), origin.flow(), next.hop(), suspended.signal(),
                    Optional.ofNullable(next.until()));
        }
        Envelope next = ((Outcome.HandedOver) outcome).envelope();
        return new RunEvent.HandedOver(run.id(), origin.flow(), next.hop(), Optional.ofNullable(next.until()));
    }

    /**
     * Tells of an end without an outcome, if the listener expects an end. An error of the listener does not replace the first.
     */
    void abort(Throwable error) {
        if (!begun || ended) {
            return;
        }
        ended = true;
        try {
            run.tell(new RunEvent.Aborted(run.id(), origin.flow(), error));
        } catch (Throwable e) {
            if (e != error) {
                error.addSuppressed(e);
            }
        }
    }

    private Outcome walkOn(boolean waiting) {
        run.scope.enter();
        model.checkValues(origin.store(), run.options().checkValues());
        try {
            String action = walker.walk(run.scope, waiting);
            while (action == null && run.options().everyStep() != null && !run.isLeaving() && walker.isDue()) {
                giveEnvelope();
                action = walker.walk(run.scope, waiting);
            }
            if (action == null) {
                return walker.pending() == null ? left() : null;
            }
            return others.isEmpty() ? new Outcome.Completed(action, origin.store())
                    : new Outcome.HandedOver(envelope(back(action), hop() + 1));
        } catch (FlowException e) {
            if (e instanceof FlowException.StepFailed step && starts && model.changes(origin.store()) == changes) {
                model.untouched(step);
            }
            return new Outcome.Failed(envelope(position(), hop()), stopped(e)); // the run resumes in this hop
        } finally {
            model.checkValues(origin.store(), false);
            run.scope.leave();
        }
    }

    private Outcome left() {
        Envelope next = envelope(position(), hop() + 1);
        Await await = awaits();
        return await == null ? new Outcome.HandedOver(next) : new Outcome.Suspended(next, await.signal());
    }

    /** {@return the step that the run waits at; null if it waits for no signal, or the signal has come} */
    private Await awaits() {
        Frame frame = walker.awaiting();
        return frame == null || frame.signalled != null ? null : frame.at.awaits();
    }

    /** Gives the envelope to its receiver between two steps, and continues from the envelope that it returns. */
    private void giveEnvelope() {
        Envelope given = envelope(position(), hop());
        int made = model.changes(origin.store()) - changes;
        Envelope back = run.options().everyStep().apply(given);
        run.scope.moved = false;
        if (back != given) {
            model.checkValues(origin.store(), false);
            model.checkValues(back.store(), run.options().checkValues());
            changes = model.changes(back.store()) - made; // putting the read values counted as changes
            origin = back;
            run = new RunContext(back, run);
            walker = walker();
        }
    }

    private Position position() {
        List<Position.Frame> frames = new ArrayList<>(others);
        frames.addAll(walker.position(graph.flow.fingerprint(), !others.isEmpty()));
        return new Position(frames);
    }

    /** {@return the position after this function's flow ended: the caller's step has the action as its answer} */
    private Position back(String action) {
        List<Position.Frame> frames = new ArrayList<>(others);
        frames.add(frames.remove(frames.size() - 1).answered(action));
        return new Position(frames);
    }

    private int hop() {
        return origin.hop();
    }

    private Envelope envelope(Position position, int hop) {
        return new Envelope(origin.run(), origin.flow(), hop, run.path.steps(), usage(), position, origin.store(),
                run.path.last());
    }

    /** {@return the failure of the run: a step that a cancellation interrupted did not fail} */
    private FlowException stopped(FlowException e) {
        return run.scope.cancelled() && e instanceof FlowException.StepFailed step ? new FlowException.Stopped(step) : e;
    }
}
