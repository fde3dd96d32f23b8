package dev.pocketflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The rules for a contract, and for the graph that keeps it. */
final class ContractRules {

    private final String flow;
    private final Map<String, Key<?>> keys = new HashMap<>();
    private final Set<String> written = new HashSet<>();

    private ContractRules(String flow) {
        this.flow = flow;
    }

    /** {@return the keys of a part of a contract, which are declared now} */
    static List<Key<?>> keys(String flow, String part, Optional<List<Key<?>>> declared, List<Key<?>> keys) {
        if (declared.isPresent()) {
            throw new FlowException.InvalidFlow(flow, part + "(...) is called twice", "Name all keys in one call");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Key<?> key : keys) {
            if (!names.add(Objects.requireNonNull(key, "key").name())) {
                throw new FlowException.InvalidFlow(flow, part + "(...) has the key '" + key.name() + "' twice", "Remove one");
            }
        }
        return keys;
    }

    /** Refuses two keys of one name that differ, and a key in {@code gives} that no node writes, if all writers are known. */
    static void check(Flow flow) {
        if (flow.takes().isEmpty() && flow.gives().isEmpty()) {
            return;
        }
        ContractRules rules = new ContractRules(flow.name());
        flow.takes().orElse(List.of()).forEach(key -> rules.declare(key, "takes(...)"));
        flow.gives().orElse(List.of()).forEach(key -> rules.declare(key, "gives(...)"));
        boolean allKnown = rules.writers(flow);
        if (allKnown && flow.takes().isPresent()) {
            flow.takes().get().forEach(key -> rules.written.add(key.name()));
            flow.gives().orElse(List.of()).forEach(rules::mustBeWritten);
        }
    }

    private void mustBeWritten(Key<?> key) {
        if (!written.contains(key.name())) {
            throw new FlowException.InvalidFlow(flow, "gives(...) has the key '" + key.name() + "', which no node writes",
                    "Correct the key, or add the node that writes it");
        }
    }

    private void declare(Key<?> key, String part) {
        agree(key, part);
        keys.put(key.name(), key);
    }

    private void agree(Key<?> key, String place) {
        Key<?> other = keys.get(key.name());
        if (other != null && !other.equals(key)) {
            throw new FlowException.InvalidFlow(flow, "the key '" + key.name() + "' is " + type(key) + " in " + place + ", and "
                    + type(other) + " in the flow's contract", "Use one key of this name");
        }
    }

    private static String type(Key<?> key) {
        return "a " + (key.isSecret() ? "secret " : "") + key.type().toCanonical();
    }

    /**
     * {@return whether the keys that a flow's nodes write are known} One flow may be a node of many others, and is read once.
     */
    private boolean writers(Flow whole) {
        boolean known = true;
        Set<Flow> seen = new HashSet<>(Set.of(whole));
        Deque<Flow> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Flow flow = open.pop();
            known &= flow.after == null;
            flow.branches().stream().filter(seen::add).forEach(open::add);
            for (GraphNode node : flow.nodes().values()) {
                if (!(node.step() instanceof Flow nested)) {
                    known &= write(node);
                } else if (seen.add(nested)) {
                    open.add(nested);
                }
            }
        }
        return known;
    }

    /** {@return whether the keys that the node writes are known} */
    private boolean write(GraphNode node) {
        if (node.step() instanceof KeyNode<?, ?> line) {
            agree(line.input(), "node '" + node.name() + "'");
            agree(line.output(), "node '" + node.name() + "'");
            written.add(line.output().name());
            return true;
        } else if (node.step() instanceof Await await) {
            written.add(await.signal());
            return true;
        }
        return node.step() instanceof RouteNode || node.step() instanceof Wait;
    }
}
