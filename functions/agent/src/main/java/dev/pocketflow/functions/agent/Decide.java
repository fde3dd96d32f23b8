package dev.pocketflow.functions.agent;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.agent.Agent.Known;
import dev.pocketflow.functions.agent.Researcher.Decision;

/** Search (again), or answer? A model that cannot say gets no more searches. */
class Decide implements Node<Known, Decision> {
    @Inject
    Researcher researcher;

    @Override
    public Known prep(Store shared) {
        return Known.of(shared);
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(30_000)
    @Fallback(fallbackMethod = "undecided")
    public Decision exec(Known known) {
        return researcher.decide(known);
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
