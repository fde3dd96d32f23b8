package dev.pocketflow.engine;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.pocketflow.Await;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.internal.LogText;

/** What signals a run takes. */
final class PauseVisit {

    private PauseVisit() {
    }

    /**
     * @param awaiting the frame that waits; null where none does
     * @throws FlowException.UnexpectedSignal if it is another signal, has no edge, or comes too late
     */
    static void check(String run, Frame awaiting, String name, String action, Instant now) {
        if (awaiting == null) {
            throw new FlowException.UnexpectedSignal(run, "waits for no signal, and got '" + LogText.of(name) + "'");
        }
        Await await = (Await) awaiting.at.step;
        String where = "at node '" + awaiting.at.name + "' of flow '" + awaiting.flow.name + "'";
        if (!await.signal().equals(name)) {
            throw new FlowException.UnexpectedSignal(run,
                    "waits for signal '" + await.signal() + "' " + where + ", and got '" + LogText.of(name) + "'");
        }
        if (awaiting.pause.until() != null && !now.isBefore(awaiting.pause.until())) {
            throw new FlowException.UnexpectedSignal(run, "waited for signal '" + name + "' " + where + " until "
                    + awaiting.pause.until() + ", and it came later");
        }
        Set<String> actions = new LinkedHashSet<>(awaiting.at.edges.keySet());
        actions.addAll(awaiting.at.graphNode.ends());
        if (actions.isEmpty()) {
            return;
        }
        if (await.expires() != null) {
            actions.remove(Await.EXPIRED);
        }
        if (actions.isEmpty()) {
            throw new FlowException.UnexpectedSignal(run, "declares no action for signal '" + name + "' " + where
                    + ". Add an edge or ends(...) for '" + LogText.of(action) + "'");
        }
        if (!actions.contains(action)) {
            throw new FlowException.UnexpectedSignal(run, "takes " + LogText.list(actions) + " as the action of signal '"
                    + name + "' " + where + ", and got '" + LogText.of(action) + "'");
        }
    }

    /** Lets nothing that a requester or a node put there be taken for what the signal brings. */
    static void expect(Store store, Vertex vertex) {
        if (vertex.step instanceof Await await) {
            store.remove(await.signal());
        }
    }

    /**
     * Puts what a signal brings into the store, or nothing.
     *
     * @throws FlowException.BadPayload if it cannot be read as the signal's type; the store stays as it was
     */
    static void put(String run, Store store, Await await, Object payload) {
        if (payload == null) {
            store.remove(await.signal());
        } else if (await.payload() == null) {
            store.put(await.signal(), payload);
        } else {
            typed(run, store, await.payload(), payload);
        }
    }

    private static <T> void typed(String run, Store store, Key<T> key, Object payload) {
        T value;
        try {
            value = Store.create().put(key.name(), payload).get(key);
        } catch (FlowException.BadValue e) {
            throw new FlowException.BadPayload(run, key, e.getCause());
        }
        store.remove(key.name());
        store.put(key, value);
    }
}
