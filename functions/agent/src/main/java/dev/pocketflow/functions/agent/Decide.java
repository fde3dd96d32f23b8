package dev.pocketflow.functions.agent;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.agent.Agent.Known;
import dev.pocketflow.functions.agent.Researcher.Decision;

/** Decides between another search and the answer. If the model does not decide, the answer follows. */
class Decide implements Node<Known, Decision> {
    @Inject
    Researcher researcher;

    @Override
    public Known prep(Store shared) {
        return Known.of(shared);
    }

    @Override
    @Retry(delay = 1000, maxDuration = 30_000)
    @Timeout(30_000)
    @Fallback(fallbackMethod = "undecided")
    public Decision exec(Known known) {
        Decision decision = researcher.decide(known);
        if (decision == null || decision.search() && (decision.query() == null || decision.query().isBlank())) {
            throw new FlowException("the model's decision is empty, or has no query");
        }
        return decision;
    }

    Decision undecided(Known known) {
        return new Decision(false, null);
    }

    @Override
    public String post(Store shared, Known known, Decision decision) {
        shared.put(Agent.QUERY, decision.query());
        return decision.search() && known.notes().size() < 9 ? "search" : "answer";
    }
}
