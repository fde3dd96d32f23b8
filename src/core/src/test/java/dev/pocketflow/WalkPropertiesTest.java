package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random flows walk as a naive recursive interpreter of their plans does: same visits, params, action, and limit. */
class WalkPropertiesTest {

    private static final int LIMIT = 200;
    private static final List<String> ACTIONS = List.of("a0", "a1", "a2", "next", "default");

    /**
     * @param targets the node of each action, modulo their number; -1 for none
     * @param script actions, visit by visit
     * @param ends whether every action without an edge is declared to end the flow
     */
    record NodePlan(List<Integer> targets, List<Integer> script, FlowPlan nested, boolean ends) {
    }

    /** @param iterations of the batch; -1 for none @param after the action it is renamed to; -1 for none */
    record FlowPlan(List<NodePlan> nodes, int iterations, int after) {
    }

    @Provide
    Arbitrary<FlowPlan> plans() {
        return flows(3);
    }

    private Arbitrary<FlowPlan> flows(int depth) {
        return Combinators.combine(nodes(depth).list().ofMinSize(1).ofMaxSize(5), Arbitraries.integers().between(-1, 3),
                Arbitraries.integers().between(-1, 3)).as(FlowPlan::new);
    }

    private Arbitrary<NodePlan> nodes(int depth) {
        Arbitrary<FlowPlan> leaf = Arbitraries.just((FlowPlan) null);
        Arbitrary<FlowPlan> nested = depth == 0 ? leaf
                : Arbitraries.frequencyOf(Tuple.of(4, leaf), Tuple.of(1, Arbitraries.lazy(() -> flows(depth - 1))));
        return Combinators.combine(Arbitraries.integers().between(-1, 4).list().ofSize(3),
                Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(4), nested,
                Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false))))
                .as(NodePlan::new);
    }

    /** The actions that post returns: three of the node's own, the default, and none. */
    private static String action(int number) {
        return number == 4 ? null : number == 3 ? "next" : "a" + number;
    }

    private static Map<String, Integer> edges(FlowPlan plan, int node) {
        Map<String, Integer> edges = new LinkedHashMap<>();
        List<Integer> targets = plan.nodes.get(node).targets;
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i) >= 0) {
                edges.put("a" + i, targets.get(i) % plan.nodes.size());
            }
        }
        if (node + 1 < plan.nodes.size()) {
            edges.put("next", node + 1);
        }
        return edges;
    }

    private static List<Map<String, Integer>> params(FlowPlan plan, String name) {
        return IntStream.range(0, plan.iterations).mapToObj(i -> Map.of("last", i, name, i)).toList();
    }

    private static Flow flow(FlowPlan plan, String name) {
        Flow.Builder builder = Flow.named(name);
        for (int i = 0; i < plan.nodes.size(); i++) {
            NodePlan node = plan.nodes.get(i);
            builder.node("n" + i, node.nested != null ? flow(node.nested, name + i) : step(name + i, node.script));
            Map<String, Integer> edges = edges(plan, i);
            edges.forEach((action, target) -> builder.on(action, "n" + target));
            if (node.ends) {
                ACTIONS.stream().filter(action -> !edges.containsKey(action)).forEach(builder::ends);
            }
        }
        if (plan.iterations >= 0) {
            builder.forEach(shared -> params(plan, name));
        }
        return (plan.after < 0 ? builder : builder.after((shared, action) -> action(plan.after))).build();
    }

    private static Step step(String id, List<Integer> script) {
        return TestSteps.posting(shared -> {
            TestSteps.traced(shared, id + shared.params());
            int visit = (Integer) shared.update(id, old -> old == null ? 0 : (Integer) old + 1);
            return action(script.get(visit % script.size()));
        });
    }

    private static final class Limit extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Thrown for an action that a node does not declare, although it declares others. */
    private static final class Undeclared extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String flow;
        private final String node;

        Undeclared(String flow, int node) {
            this.flow = flow;
            this.node = "n" + node;
        }
    }

    private static final class Interpreter {
        private final List<Object> trace = new ArrayList<>();
        private final Map<String, Integer> visits = new HashMap<>();
        private int steps;

        String run(FlowPlan plan, String name, Map<String, Object> around) {
            String action = "default";
            if (plan.iterations < 0) {
                action = walk(plan, name, around);
            } else {
                for (Map<String, Integer> item : params(plan, name)) {
                    Map<String, Object> merged = new LinkedHashMap<>(around);
                    merged.putAll(item);
                    walk(plan, name, merged);
                }
            }
            return plan.after < 0 ? action : orDefault(action(plan.after));
        }

        private String walk(FlowPlan plan, String name, Map<String, Object> params) {
            int at = 0;
            while (true) {
                if (++steps > LIMIT) {
                    throw new Limit();
                }
                NodePlan node = plan.nodes.get(at);
                String action = node.nested != null ? run(node.nested, name + at, params)
                        : visit(name + at, node.script, params);
                Map<String, Integer> edges = edges(plan, at);
                Integer next = edges.get(action);
                if (next == null && !node.ends && !edges.isEmpty()) {
                    throw new Undeclared(name, at);
                } else if (next == null) {
                    return action;
                }
                at = next;
            }
        }

        private String visit(String id, List<Integer> script, Map<String, Object> params) {
            trace.add(id + params);
            int visit = visits.merge(id, 1, Integer::sum) - 1;
            return orDefault(action(script.get(visit % script.size())));
        }

        private static String orDefault(String action) {
            return action == null ? "default" : action;
        }
    }

    @Property(tries = 500)
    void randomFlow_walksAsTheRecursiveInterpreter(@ForAll("plans") FlowPlan plan) throws Exception {
        Interpreter interpreter = new Interpreter();
        String expected = null;
        RuntimeException stopped = null;
        try {
            expected = interpreter.run(plan, "f", Map.of());
        } catch (Limit | Undeclared e) {
            stopped = e;
        }

        Run run = TestRuns.of(flow(plan, "f"), Store.create()).maxSteps(LIMIT);
        check(run.start(), expected, stopped, interpreter, run);
        Run async = TestRuns.of(flow(plan, "f"), Store.create()).maxSteps(LIMIT).executor(Runnable::run);
        check(async.startAsync().toCompletableFuture().get(), expected, stopped, interpreter, async);
    }

    private static void check(Outcome outcome, String expected, RuntimeException stopped, Interpreter interpreter,
            Run run) {
        assertThat(TestSteps.trace(outcome.store())).isEqualTo(interpreter.trace);
        if (stopped instanceof Undeclared undeclared) {
            assertThat(TestSteps.failure(outcome)).isInstanceOfSatisfying(FlowException.UndeclaredAction.class,
                    failure -> assertThat(failure.flow() + "/" + failure.node())
                            .isEqualTo(undeclared.flow + "/" + undeclared.node));
            assertThat(run.steps()).isEqualTo(interpreter.steps);
        } else if (stopped != null) {
            assertThat(TestSteps.failure(outcome)).isInstanceOf(FlowException.Stopped.class);
            assertThat(run.steps()).isEqualTo(LIMIT);
        } else {
            assertThat(outcome.orThrow().action()).isEqualTo(expected);
            assertThat(run.steps()).isEqualTo(interpreter.steps);
        }
    }
}
