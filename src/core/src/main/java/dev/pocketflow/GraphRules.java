package dev.pocketflow;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Texts;

/** A graph during its declaration, and the rules for it. */
final class GraphRules {

    private final String flow;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private @Nullable Entry last;

    private static final class Entry {
        final String name;
        final Step step;
        final Map<String, String> targets = new LinkedHashMap<>();
        final Set<String> ends = new LinkedHashSet<>();
        GraphNode.@Nullable RetryLater retry;

        Entry(String name, Step step) {
            this.name = name;
            this.step = step;
        }
    }

    GraphRules(String flow) {
        this.flow = flow;
    }

    void node(@Nullable String name, Step step) {
        if (name == null || name.isBlank()) {
            throw invalid("a node's name is blank", "Give every node a name");
        }
        whole("a node's name", name);
        if (entries.containsKey(name)) {
            throw invalid("node '" + name + "' is declared twice",
                    "Rename one of the two; a step may stand under several names");
        }
        Objects.requireNonNull(step, () -> "flow '" + flow + "', node '" + name + "': step");
        Class<?> empty = NodePhases.overridesNone(step);
        if (empty != null) {
            throw invalid("node '" + name + "': " + empty.getName() + " overrides none of prep, exec and post",
                    "Correct the name and the parameters of its method, which @Override checks; Node.route(shared -> null) is a "
                            + "node that does nothing");
        }
        last = new Entry(name, step);
        entries.put(name, last);
    }

    void on(String action, String target) {
        Entry node = undeclared(action);
        node.targets.put(action, Objects.requireNonNull(target,
                () -> "flow '" + flow + "', node '" + node.name + "', action '" + action + "': target"));
    }

    void ends(String action) {
        undeclared(action).ends.add(action);
    }

    void retryLater(GraphNode.RetryLater retry) {
        if (last == null || !(last.step instanceof Node || last.step instanceof BatchNode || last.step instanceof AsyncNode)) {
            throw invalid("retryLater(" + retry.delay() + ", " + retry.times() + ") follows "
                    + (last == null ? "no node" : "'" + last.name + "', which has no exec"),
                    "Put it behind a node that has one");
        }
        last.retry = retry;
    }

    /** {@return the last node, which does not declare the action yet} */
    private Entry undeclared(String action) {
        whole("an action", action);
        if (last == null) {
            throw invalid("action '" + action + "' is declared before any node", "Add its node(...) first");
        }
        if (last.targets.containsKey(action) || last.ends.contains(action)) {
            throw invalid("node '" + last.name + "': action '" + action + "' is declared twice",
                    "Keep one of the two, or give the other another action");
        }
        return last;
    }

    private void whole(String what, @Nullable String name) {
        if (name != null && Texts.isCut(name)) {
            throw invalid(what + ", '" + LogText.of(name) + "', has half of a surrogate pair",
                    "No envelope can have it: correct it");
        }
    }

    Flow flow(Flow.Builder builder) {
        whole("its name", flow);
        if (builder.concurrency > 1 && builder.iterations == null) {
            throw invalid("concurrency(" + builder.concurrency + ") without forEach(...)",
                    "Add forEach(...), or use Flow.branches(...) to run different flows side by side");
        }
        Flow built = new Flow(builder, nodes(), List.of());
        ContractRules.check(built);
        if (builder.concurrency > 1) {
            inOnePlace(flow, built);
        }
        return built;
    }

    private Map<String, GraphNode> nodes() {
        if (entries.isEmpty()) {
            throw invalid("it has no nodes", "Add one with node(name, step)");
        }
        Map<String, GraphNode> nodes = new LinkedHashMap<>();
        entries.values().forEach(entry -> nodes.put(entry.name,
                new GraphNode(entry.name, entry.step, Collections.unmodifiableSet(new LinkedHashSet<>(entry.ends)),
                        entry.retry)));
        entries.values().forEach(entry -> entry.targets.forEach((action, target) -> {
            if (!nodes.containsKey(target)) {
                throw invalid("node '" + entry.name + "': action '" + action + "' leads to '" + target + "', which is no node",
                        "The nodes are " + nodes.keySet() + "; correct the target or add the node");
            }
            nodes.get(entry.name).edges.put(action, nodes.get(target));
        }));
        reachable(nodes);
        return Collections.unmodifiableMap(nodes);
    }

    private void reachable(Map<String, GraphNode> nodes) {
        Set<String> unreached = new LinkedHashSet<>(nodes.keySet());
        Deque<GraphNode> open = new ArrayDeque<>(List.of(nodes.values().iterator().next()));
        while (!open.isEmpty()) {
            GraphNode node = open.pop();
            if (unreached.remove(node.name())) {
                open.addAll(node.edges().values());
            }
        }
        if (!unreached.isEmpty()) {
            throw invalid("no edge leads to " + unreached + " from the start '" + nodes.keySet().iterator().next() + "'",
                    "Add an edge with on(action, target) or then(target), or remove the node");
        }
    }

    static List<Flow> parts(String name, Collection<Flow> branches) {
        Set<String> names = new HashSet<>();
        for (Flow branch : branches) {
            if (!names.add(branch.name())) {
                throw new FlowException.InvalidFlow(name, "two branches are named '" + branch.name() + "'", "Rename one");
            }
        }
        if (names.isEmpty()) {
            throw new FlowException.InvalidFlow(name, "it has no branches", "Name at least one flow");
        }
        branches.forEach(branch -> inOnePlace(name, branch));
        return List.copyOf(branches);
    }

    /** {@return the first node that moves to another function or waits for somebody, with its kind; null without one} */
    static @Nullable String away(String flow, Collection<GraphNode> nodes) {
        for (GraphNode node : nodes) {
            boolean remote = node.step() instanceof RemoteFlow;
            if (remote || node.step() instanceof Await) {
                return "node '" + node.name() + "' of flow '" + flow + "' is " + (remote ? "a RemoteFlow" : "an Await");
            } else if (node.step() instanceof Flow nested && nested.away != null) {
                return nested.away;
            }
        }
        return null;
    }

    /** Refuses a part that moves to another function or waits for somebody: it would leave the other parts behind. */
    private static void inOnePlace(String parallel, Flow part) {
        if (part.away != null) {
            throw new FlowException.InvalidFlow(parallel, part.away + ", in a part that runs beside others",
                    "Run it before or after the parallel parts");
        }
    }

    private FlowException invalid(String problem, String fix) {
        return new FlowException.InvalidFlow(flow, problem, fix);
    }
}
