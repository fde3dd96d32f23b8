package dev.pocketflow.functions.supervisor;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.supervisor.Inspector.Verdict;
import dev.pocketflow.functions.supervisor.Supervisor.Work;

/** Checks the answer. After a rejected answer the agent starts again; after the third the flow gives up. */
class Check implements Node<Work, Verdict> {
    private static final int MOST = 3;

    @Inject
    Inspector inspector;

    @Override
    public Work prep(Store shared) {
        return Work.of(shared);
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(30_000)
    public Verdict exec(Work work) {
        Verdict verdict = inspector.check(work);
        if (verdict == null) {
            throw new FlowException("the model gave no verdict. Resume the run, or use another model");
        }
        return verdict;
    }

    @Override
    public String post(Store shared, Work work, Verdict verdict) {
        if (verdict.accepted()) {
            return "accepted";
        }
        if (shared.update(Supervisor.REJECTED, count -> count == null ? 1 : count + 1) == MOST) {
            return "given-up";
        }
        shared.remove("notes");
        return "rejected";
    }
}
