package dev.pocketflow.quarkus.internal.failure;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.IdentityHashMap;
import java.util.Map;

import dev.pocketflow.FlowException;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunFailed;

/**
 * A failure as production logs it: the classes and frames of its causes, and the messages of our own exceptions. Other messages
 * may hold texts of users or models. The trace has a bounded size. It is always made, even if the failure's own methods throw:
 * otherwise a failure that cannot be logged would lose the run.
 */
public final class FailureTrace extends Throwable {

    private static final long serialVersionUID = 1;
    private static final int MOST = 100; // causes and suppressed failures

    private FailureTrace(Throwable failure) {
        super(isSafe(failure) ? failure.getClass().getName() + ": " + LogText.message(Thrown.message(failure))
                : failure.getClass().getName());
        setStackTrace(Thrown.frames(failure));
    }

    public static Throwable of(Throwable failure) {
        return of(failure, new IdentityHashMap<>());
    }

    /** {@return the failure with all its messages; the production form if it cannot be printed} */
    public static Throwable whole(Throwable failure) {
        return Thrown.read(() -> {
            failure.printStackTrace(new PrintWriter(Writer.nullWriter()));
            return true;
        }) == null ? of(failure) : failure;
    }

    /** @param known the failures copied so far; a cause may lead back to its effect */
    private static FailureTrace of(Throwable failure, Map<Throwable, FailureTrace> known) {
        if (failure == null || known.size() == MOST || known.containsKey(failure)) {
            return null;
        }
        FailureTrace trace = new FailureTrace(failure);
        known.put(failure, trace);
        FailureTrace cause = of(Thrown.cause(failure), known);
        if (cause != null) {
            trace.initCause(cause);
        }
        for (Throwable each : failure.getSuppressed()) {
            FailureTrace suppressed = of(each, known);
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

    /** {@return the original's class, and its message if that is safe} */
    @Override
    public String toString() {
        return getMessage();
    }
}
