package dev.pocketflow.quarkus.internal;

import java.util.IdentityHashMap;
import java.util.Map;

import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunFailed;

/**
 * A failure as production logs it: classes and frames of all causes, and the messages of our own exceptions. Other messages
 * may hold what users or models said.
 */
final class Trace extends Throwable {

    private static final long serialVersionUID = 1;

    private Trace(Throwable failure) {
        super(isSafe(failure) ? failure.toString() : failure.getClass().getName());
        setStackTrace(failure.getStackTrace());
    }

    static Throwable of(Throwable failure) {
        return of(failure, new IdentityHashMap<>());
    }

    /** @param known what was copied; a cause may lead back to what it caused */
    private static Trace of(Throwable failure, Map<Throwable, Trace> known) {
        Trace before = known.get(failure);
        if (before != null) {
            return null;
        }
        Trace trace = new Trace(failure);
        known.put(failure, trace);
        Trace cause = failure.getCause() == null ? null : of(failure.getCause(), known);
        if (cause != null) {
            trace.initCause(cause);
        }
        for (Throwable each : failure.getSuppressed()) {
            Trace suppressed = of(each, known);
            if (suppressed != null) {
                trace.addSuppressed(suppressed);
            }
        }
        return trace;
    }

    private static boolean isSafe(Throwable failure) {
        return failure instanceof FlowException || failure instanceof EnvelopeRefused || failure instanceof BadEvent
                || failure instanceof RunFailed;
    }

    /** {@return the original's class, and its message where that is safe} */
    @Override
    public String toString() {
        return getMessage();
    }
}
