package dev.pocketflow.quarkus.internal.telemetry;

import java.math.BigDecimal;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.failure.FailureReport;
import dev.pocketflow.quarkus.internal.failure.FailureTrace;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/**
 * Logs one line for each step, and one for each failed run. The MDC holds the parts of the line, so a JSON formatter writes
 * them as fields.
 */
public final class StepLog {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.step");
    private static final Logger RUN = Logger.getLogger("dev.pocketflow.run");

    private final PocketFlowConfig.Log config;

    public StepLog(PocketFlowConfig.Log config) {
        this.config = config;
    }

    public void step(RunEvent event) {
        if (!config.steps()) {
            return;
        }
        if (event instanceof RunEvent.StepFinished step) {
            finished(step);
        } else if (event instanceof RunEvent.AttemptFailed attempt) {
            debug(attempt);
        }
    }

    private void debug(RunEvent.AttemptFailed attempt) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf(trace(attempt.failure()), "run=%s flow=%s node=%s attempt=%d error=%s", attempt.run(),
                    attempt.flow(), attempt.node(), attempt.attempt(), attempt.failure().getClass().getName());
        }
    }

    private void finished(RunEvent.StepFinished step) {
        String error = step.error().orElse(null);
        String action = step.action().map(LogText::of).orElse(null);
        Logger.Level level = error == null ? Logger.Level.INFO : Logger.Level.WARN;
        if (!LOG.isEnabled(level)) {
            return;
        }
        String ms = millis(step);
        String end = error == null ? "action=" + action : "error=" + error;
        field("run", step.run());
        field("flow", step.flow());
        field("node", step.node());
        field("action", action);
        field("error", error);
        field("ms", ms);
        field("attempts", step.attempts());
        try {
            LOG.log(level, "run=" + step.run() + " flow=" + step.flow() + " node=" + step.node() + " " + end + " ms=" + ms
                    + " attempts=" + step.attempts()); // a format string would be parsed at every step
        } finally {
            for (String name : new String[] { "run", "flow", "node", "action", "error", "ms", "attempts" }) {
                MDC.remove(name);
            }
        }
    }

    private static void field(String name, Object value) {
        if (value != null) {
            MDC.put(name, value.toString());
        }
    }

    /** Logs the store if {@code quarkus.pocketflow.log.values} is set. */
    public void outcome(String run, Outcome outcome) {
        if (!config.values()) {
            return;
        }
        String store = Thrown.read(() -> outcome.store().toJson().toString()); // the values' own code may fail
        LOG.infof("run=%s outcome=%s store=%s", run, outcome.getClass().getSimpleName(),
                store == null ? "(cannot be printed)" : store);
    }

    /** @param input whether the input caused the failure, not the flow */
    public void failed(Outcome.Failed outcome, boolean input) {
        FlowException failure = outcome.failure();
        boolean known = failure.getCause() == null && failure.getSuppressed().length == 0; // the message tells all
        RUN.logf(input ? Logger.Level.WARN : Logger.Level.ERROR, known ? null : trace(failure), "run=%s hop=%d failed: %s",
                outcome.envelope().run(), outcome.envelope().hop(), FailureReport.message(failure));
    }

    /**
     * Logs a failed run that is stored in part only.
     *
     * @param problem the reason why its envelope cannot be written
     * @param without the parts left out
     * @param recorded whether a record of the rest exists
     * @param where the place of the record; null for the answer
     */
    public void incomplete(HopMessage run, Throwable problem, String without, boolean recorded, String where) {
        boolean said = problem instanceof FlowException;
        RUN.errorf(said ? null : trace(problem),
                "run=%s flow=%s node=%s %s: its envelope cannot be written (%s) Left out: %s. Correct this, and start the run "
                        + "again",
                run.envelope().run(), run.failure().flow(), run.failure().node(),
                !recorded ? "is not parked, and has no envelope"
                        : "cannot be resumed, and " + (where == null ? "the answer has" : where + " holds")
                                + " only a record of it",
                said ? problem.getMessage() : problem.getClass().getName(), without);
    }

    public void unanswered(String run, String problem) {
        RUN.errorf("run=%s ended, but its outcome cannot be answered: %s", run, problem);
    }

    /** Logs the failure of an observer. It does not fail the run. */
    public void observer(RunEvent event, Throwable failure) {
        String node = event instanceof RunEvent.StepEvent step ? " node=" + step.node() : "";
        RUN.warnf(trace(failure), "run=%s flow=%s%s: an observer of %s failed", event.run(), event.flow(), node,
                event.getClass().getSimpleName());
    }

    /** {@return the part of a failure that may be logged} */
    private Throwable trace(Throwable failure) {
        return config.causes() || config.values() ? FailureTrace.whole(failure) : FailureTrace.of(failure);
    }

    /** @param signal the signal that the run waits for; null if the run is not suspended */
    public void handedOver(Envelope envelope, String to, String signal) {
        String what = signal == null ? "handed over to=" + LogText.of(to) : "suspended signal=" + LogText.of(signal);
        LOG.infof("run=%s flow=%s %s hop=%d steps=%d%s", envelope.run(), LogText.of(envelope.flow()), what, envelope.hop(),
                envelope.steps(),
                envelope.until() == null ? "" : " until=" + envelope.until());
    }

    public void takenUp(Envelope envelope) {
        LOG.infof("run=%s flow=%s hop=%d steps=%d resumed from the ledger", envelope.run(), LogText.of(envelope.flow()),
                envelope.hop(),
                envelope.steps());
    }

    public void unrecorded(String run, Throwable failure) {
        LOG.warnf(failure.getCause() == null && isSaid(failure) ? null : trace(failure),
                "run=%s is not recorded in the ledger: %s", run, said(failure));
    }

    public void parked(FailedRunStore.Message message, String where) {
        RUN.infof("run=%s flow=%s node=%s hop=%d parked at %s", message.run(), LogText.of(message.flow()), message.node(),
                message.hop(),
                where);
    }

    public void unparked(String run, Throwable failure) {
        LOG.errorf(failure.getCause() == null && isSaid(failure) ? null : trace(failure), "run=%s is not parked: %s", run,
                said(failure));
    }

    public void unheard(String run, String failure) {
        LOG.errorf("run=%s failed when its timer fired, and its envelope is lost unless quarkus.pocketflow.park stores it: %s",
                run,
                failure);
    }

    public void woken(String run, Throwable failure) {
        LOG.warnf(isSaid(failure) ? null : trace(failure), "run=%s did not resume when its timer fired: "
                + "%s", run, said(failure));
    }

    public void stays(Envelope envelope, RuntimeException failure) {
        LOG.warnf("run=%s flow=%s hop=%d is not handed over: %s", envelope.run(), LogText.of(envelope.flow()), envelope.hop(),
                failure.getMessage());
    }

    public void leftBehind(String run, FlowException failure) {
        LOG.warnf("run=%s ended, but its claim check was not deleted: %s", run, failure.getMessage());
    }

    public void brokenDown(Run run, Throwable failure) {
        LOG.errorf(trace(failure), "run=%s flow=%s error=%s", run.id(), run.flow().name(),
                failure.getClass().getName());
    }

    private static boolean isSaid(Throwable failure) {
        return failure instanceof FlowException || failure instanceof EnvelopeRefused || failure instanceof BadEvent;
    }

    private static String said(Throwable failure) {
        return isSaid(failure) ? failure.getMessage() : failure.getClass().getName();
    }

    private static String millis(RunEvent.StepFinished step) {
        return BigDecimal.valueOf(step.duration().toNanos() / 1000, 3).toString();
    }
}
