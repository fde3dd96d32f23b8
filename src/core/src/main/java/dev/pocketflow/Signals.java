package dev.pocketflow;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** What signals a run takes. */
final class Signals {

    private Signals() {
    }

    /**
     * @param awaiting the frame that waits; null where none does
     * @throws FlowException.UnexpectedSignal if it is another signal, has no edge, or comes too late
     */
    static void check(String run, Frame awaiting, String name, String action, Instant now) {
        if (awaiting == null) {
            throw new FlowException.UnexpectedSignal(run, "waits for no signal, and got '" + name + "'");
        }
        Await await = (Await) awaiting.at.step();
        String where = "at node '" + awaiting.at.name() + "' of flow '" + awaiting.flow.name() + "'";
        if (!await.signal().equals(name)) {
            throw new FlowException.UnexpectedSignal(run,
                    "waits for signal '" + await.signal() + "' " + where + ", and got '" + name + "'");
        }
        if (awaiting.pause.until() != null && !now.isBefore(awaiting.pause.until())) {
            throw new FlowException.UnexpectedSignal(run, "waited for signal '" + name + "' " + where + " until "
                    + awaiting.pause.until() + ", and it came later");
        }
        Set<String> actions = new LinkedHashSet<>(awaiting.at.edges.keySet());
        actions.addAll(awaiting.at.ends());
        if (await.expires() != null) {
            actions.remove(Await.EXPIRED);
        }
        if (!actions.isEmpty() && !actions.contains(action)) {
            throw new FlowException.UnexpectedSignal(run,
                    "takes " + actions + " as the action of signal '" + name + "' " + where
                            + ", and got '" + action + "'");
        }
    }
}
