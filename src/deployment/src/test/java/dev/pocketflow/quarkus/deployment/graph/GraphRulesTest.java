package dev.pocketflow.quarkus.deployment.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.deployment.app.SayNode;

/**
 * The messages for graphs that break a rule. No application starts here. {@link RefusedGraphTest} starts one whose producer
 * throws such a message at static init.
 */
class GraphRulesTest {

    private static final SayNode SAY = new SayNode();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Arguments rule(String mistake, String message, Supplier<Flow> producer) {
        return arguments(Named.of(mistake, producer), message);
    }

    private static Flow.Builder bad() {
        return Flow.named("bad");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                rule("a blank flow name", "a flow's name must not be blank, was ' '",
                        () -> Flow.named(" ").node("a", SAY).build()),
                rule("a blank node name", "flow 'bad': a node's name is blank. Give every node a name",
                        () -> bad().node(" ", SAY).build()),
                rule("two branches of one name", "flow 'bad': two branches are named 'same'. Rename one",
                        () -> Flow.branches("bad", Flow.named("same").node("a", SAY).build(),
                                Flow.named("same").node("b", SAY).build())),
                rule("two nodes of one name", "flow 'bad': node 'a' is declared twice. Rename one of the two; a step may stand "
                        + "under several names", () -> bad().node("a", SAY).node("a", SAY).build()));
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                rule("no node", "flow 'bad': it has no nodes. Add one with node(name, step)", () -> bad().build()),
                rule("no branch", "flow 'bad': it has no branches. Name at least one flow", () -> Flow.branches("bad")),
                rule("a node without a step", "flow 'bad', node 'a': step", () -> bad().node("a", null).build()),
                rule("a remote flow in a branch", "flow 'bad': node 'away' of flow 'part' is a RemoteFlow, in a part that runs "
                        + "beside others. Run it before or after the parallel parts",
                        () -> Flow.branches("bad",
                                Flow.named("part").node("away", new RemoteFlow("elsewhere")).build())),
                rule("an await in parallel iterations", "flow 'bad': node 'ask' of flow 'bad' is an Await, in a part that runs "
                        + "beside others. Run it before or after the parallel parts",
                        () -> bad().node("ask", Await.signal("answer")).forEach(store -> List.of(Map.of())).concurrency(2)
                                .build()));
    }

    static Stream<Arguments> edges() {
        return Stream.of(
                rule("an action before any node",
                        "flow 'bad': action 'go' is declared before any node. Add its node(...) first",
                        () -> bad().on("go", "a").node("a", SAY).build()),
                rule("an action declared twice",
                        "flow 'bad': node 'a': action 'default' is declared twice. Keep one of the two, "
                                + "or give the other another action",
                        () -> bad().node("a", SAY).then("b").ends("").node("b", SAY).build()),
                rule("an unknown target",
                        "flow 'bad': node 'a': action 'go' leads to 'b', which is no node. The nodes are [a]; "
                                + "correct the target or add the node",
                        () -> bad().node("a", SAY).on("go", "b").build()),
                rule("unreachable nodes", "flow 'bad': no edge leads to [b, c] from the start 'a'. Add an edge with "
                        + "on(action, target) or then(target), or remove the node",
                        () -> bad().node("a", SAY).node("b", SAY).then("c").node("c", SAY).build()));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                rule("a concurrency below one", "concurrency must be at least 1, was 0",
                        () -> bad().node("a", SAY).forEach(store -> List.of(Map.of())).concurrency(0).build()),
                rule("concurrency without forEach", "flow 'bad': concurrency(2) without forEach(...). Add forEach(...), or use "
                        + "Flow.branches(...) to run different flows side by side",
                        () -> bad().node("a", SAY).concurrency(2).build()),
                rule("a retry before any node",
                        "flow 'bad': retryLater(PT1S, 2) follows no node. Put it behind a node that has "
                                + "one",
                        () -> bad().retryLater(SECOND, 2).node("a", SAY).build()),
                rule("a retry without delay", "the delay of retryLater must last longer than zero, was PT0S",
                        () -> bad().node("a", SAY).retryLater(Duration.ZERO, 2).build()),
                rule("a retry of no times", "the times of retryLater must be at least 1, was 0",
                        () -> bad().node("a", SAY).retryLater(SECOND, 0).build()),
                rule("a retry of a step without exec", "flow 'bad': retryLater(PT1S, 2) follows 'a', which has no exec. Put it "
                        + "behind a node that has one",
                        () -> bad().node("a", Wait.of(Duration.ofMinutes(1))).retryLater(SECOND, 2).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({ "names", "nodes", "edges", "settings" })
    void graph_isRefused_whenItBreaksARule(Supplier<Flow> producer, String message) {
        assertThatThrownBy(producer::get).hasMessageContaining(message);
    }
}
