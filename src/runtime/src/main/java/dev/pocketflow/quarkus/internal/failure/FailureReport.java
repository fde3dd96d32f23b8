package dev.pocketflow.quarkus.internal.failure;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;

import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.net.HttpStatus;

/** The report of a failed run, for its answer, its envelope and the log. Callers may see all of it. */
public final class FailureReport {

    private FailureReport() {
    }

    /** {@return the message, with the HTTP status of the model or service that failed the step} */
    public static String message(FlowException failure) {
        OptionalInt status = HttpStatus.of(failure.getCause());
        return status.isEmpty() ? failure.getMessage() : failure.getMessage() + " (HTTP " + status.getAsInt() + ")";
    }

    public static HopMessage.Failure of(Outcome.Failed failed, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        FlowException failure = failed.failure();
        String message = message(failure);
        Position position = failed.envelope().position();
        int done = done(position.frames());
        if (failure instanceof FlowException.StepFailed step) {
            return new HopMessage.Failure(step.flow(), step.node(), step.getCause().getClass().getName(), message, at,
                    step.item().orElse(-1), step.attempts(), done);
        }
        Position.Frame last = position.last();
        String flow = last == null ? failed.envelope().flow() : last.flow();
        String node = last == null ? null : last.node();
        if (failure instanceof FlowException.Stopped stopped) {
            flow = stopped.flow();
            node = stopped.node();
        } else if (failure instanceof FlowException.UndeclaredAction action) {
            flow = action.flow();
            node = action.node();
        }
        return new HopMessage.Failure(flow, node, failure.getClass().getName(), message, at, -1, List.of(), done);
    }

    /** {@return how many items and parallel parts of the current step are finished} */
    private static int done(List<Position.Frame> position) {
        int done = 0;
        for (Position.Frame frame : position) {
            done += frame.batch() == null ? 0 : frame.batch().results().size();
            for (List<Position.Frame> part : frame.parts().values()) {
                done += part.isEmpty() ? 1 : done(part);
            }
        }
        return done;
    }

    /**
     * {@return the reason why a run cannot leave the invocation: a failure of our own as it is, any other in words that quote
     * nothing}
     */
    public static FlowException leaving(String run, Throwable failure) {
        if (failure instanceof FlowException ours) {
            return ours;
        }
        return failure instanceof EnvelopeRefused ? new HandOverFailed(failure.getMessage(), null)
                : new HandOverFailed("run " + run + " cannot be handed over: " + failure.getClass().getName(), failure);
    }

    /** {@return the fault of the input that failed a run before the run changed anything} */
    public static BadEvent input(FlowException.StepFailed failure) {
        String where = "flow '" + failure.flow() + "'" + (failure.node() == null ? "" : ", node '" + failure.node() + "'");
        return new BadEvent(400, failure.getCause() instanceof FlowException.MissingKey missing
                ? "the input has no key '" + missing.key() + "': " + where + " reads it, and no earlier step puts it. Send it"
                : "the input does not fit: " + where + ": " + failure.getCause().getMessage());
    }
}
