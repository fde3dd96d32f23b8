package dev.pocketflow.engine;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Visit;
import dev.pocketflow.engine.context.CarriedParts;
import dev.pocketflow.engine.context.CurrentVisit;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.UndeclaredThrowables;

/** Records the visits of one lane: their numbers, times and outcomes. One thread at a time. */
final class VisitRecorder implements Supplier<Visit> {

    final RunContext run;
    private final ModelAccess model = ModelAccess.get();
    private final String lane;
    /** The visits that were begun in its lane. */
    int made;
    CancellationScope scope; // of the visiting thread
    private Frame frame;
    private int sequence; // 0 outside a visit
    private CurrentVisit visit; // null until it is asked for: most nodes do not ask
    private boolean asked; // for the visit; the node may also have made another visit current
    private long begun;
    private long mark; // the end of the last visit, if the next one begins then; else 0
    volatile AsyncVisit.Pending pending;

    VisitRecorder(RunContext run, String lane) {
        this.run = run;
        this.lane = lane;
    }

    /** {@return the current visit; null outside one} */
    @Override
    public CurrentVisit get() {
        asked = true;
        if (visit == null && sequence != 0) {
            visit = new CurrentVisit(run, frame.flow.name, frame.at.name, sequence, lane, lane.isEmpty() ? sequence : made, -1);
        }
        return visit;
    }

    CompletionStage<?> pending() {
        AsyncVisit.Pending waiting = pending;
        return waiting == null ? null : waiting.result();
    }

    void cancel() {
        AsyncVisit.Pending waiting = pending;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    /** Ends the current visit. The time until the next visit belongs to neither. */
    void end() {
        mark = 0;
        sequence = 0;
        leave();
    }

    private void leave() {
        asked = false;
        visit = null;
        CurrentVisit.swap(this);
    }

    /**
     * Begins the visit to the node that a frame stands on.
     *
     * @param resumed the number of a visit that was begun before; 0 for a new one
     */
    void begin(Frame frame, int resumed) {
        Vertex vertex = frame.at;
        sequence = 0;
        int admitted = resumed > 0 ? resumed : admit(frame);
        if (asked) {
            leave();
        }
        this.frame = frame;
        model.visiting(frame.shared, vertex.place);
        sequence = admitted;
        boolean listened = run.listened();
        begun = mark == 0 || listened ? run.now() : mark;
        if (listened && resumed == 0) {
            run.tell(new RunEvent.StepStarted(run.id(), frame.flow.name, vertex.name, sequence));
        }
    }

    /** {@return the number of the current visit} */
    int sequence() {
        return sequence;
    }

    /** {@return how long the current visit has taken, in nanoseconds} */
    long elapsed() {
        return run.now() - begun;
    }

    /** Counts time that the visit took before, in an earlier part of it. */
    void addElapsed(long nanos) {
        begun -= nanos;
    }

    /** Lets a visit begin. {@return its number; a visit that failed before keeps its number} */
    int admit(Frame frame) {
        if (frame.step > 0) {
            return run.again(frame.flow.name, frame.at.name, scope, frame.step);
        }
        int admitted = run.admit(frame.flow.name, frame.at.name, scope);
        made++;
        return admitted;
    }

    /** Checks the values of the store that the visit touched. {@return the action, unchanged} */
    String posted(String action) {
        model.checkTouched(frame.shared);
        return action;
    }

    int attempts() {
        return visit == null ? 1 : visit.attempt();
    }

    String finished(String returned, int attempts) {
        String action = CarriedParts.action(returned);
        record(action, attempts, null);
        return action;
    }

    FlowException failed(String phase, Throwable thrown) {
        Throwable cause = UndeclaredThrowables.unwrapped(thrown);
        if (!phase.equals("exec")) {
            return recorded(wrapped(phase, cause), attempts());
        }
        CurrentVisit failed = get();
        failed.execFailed(cause);
        return recorded(FlowException.StepFailed.of(frame.flow.name, frame.at.name, phase, cause, -1, failed.failures()),
                attempts());
    }

    FlowException.StepFailed wrapped(String phase, Throwable cause) {
        return FlowException.StepFailed.of(frame.flow.name, frame.at.name, phase, UndeclaredThrowables.unwrapped(cause));
    }

    FlowException recorded(FlowException failure, int attempts) {
        Throwable error = failure instanceof FlowException.StepFailed ? failure.getCause() : failure;
        record(null, attempts, error.getClass().getName());
        frame.step = sequence;
        return failure;
    }

    private void record(String action, int attempts, String error) {
        if (!run.timed()) {
            scope.moved = true;
            return;
        }
        mark = run.now();
        run.finished(new RunEvent.StepFinished(run.id(), frame.flow.name, frame.at.name, sequence, action, mark - begun,
                attempts, error), scope);
    }
}
