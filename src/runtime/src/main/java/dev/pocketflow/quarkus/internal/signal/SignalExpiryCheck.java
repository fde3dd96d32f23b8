package dev.pocketflow.quarkus.internal.signal;

import java.util.Collection;
import java.util.List;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.GraphNode;

/** Refuses signals that expire if there is no ledger: the timer would resume the run a second time after the signal. */
public final class SignalExpiryCheck {

    private SignalExpiryCheck() {
    }

    /** @throws IllegalArgumentException if a signal of a flow expires */
    public static void refuse(Collection<Flow> flows) {
        for (Flow flow : flows) {
            refuse(flow.branches());
            for (GraphNode vertex : flow.nodes().values()) {
                if (vertex.step() instanceof Flow nested) {
                    refuse(List.of(nested));
                } else if (vertex.step() instanceof Await await && await.expires() != null) {
                    throw new IllegalArgumentException("flow '" + flow.name() + "', node '" + vertex.name() + "': signal '"
                            + await.signal() + "' expires, and without a ledger the timer would resume the run a second time "
                            + "after the signal. Set quarkus.pocketflow.ledger, or remove expires(...)");
                }
            }
        }
    }
}
