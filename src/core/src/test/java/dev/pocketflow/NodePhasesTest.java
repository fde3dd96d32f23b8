package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node class is refused if and only if it overrides no phase. */
class NodePhasesTest {

    private static final Key<String> TEXT = Key.of("text", String.class);

    static class Misspelt implements Node<String, String> {
        public String execute(String prepared) {
            return prepared;
        }
    }

    static class OtherParameters implements Node<String, String> {
        public String exec(Integer prepared) {
            return "one";
        }

        public String prep(Store shared, String more) {
            return more;
        }
    }

    static class Items implements BatchNode<String, String> {
        public String exec(List<String> items) {
            return "all";
        }

        @Override
        public int concurrency() {
            return 2;
        }
    }

    static class Together implements ParallelBatchNode<String, String> {
    }

    static class Later implements AsyncNode<String, String> {
        public CompletionStage<String> execAsync(String prepared) {
            return null;
        }
    }

    /** An interface between Node and the class. It adds no phase. */
    interface Named extends Node<String, String> {
        default String name() {
            return "named";
        }
    }

    static class OnlyNamed implements Named {
    }

    abstract static class Template<T> implements Node<T, T> {
    }

    static class Empty extends Template<String> {
    }

    static List<Step> withoutAPhase() {
        return List.of(new Misspelt(), new OtherParameters(), new Items(), new Together(), new Later(), new OnlyNamed(),
                new Empty());
    }

    @ParameterizedTest
    @MethodSource("withoutAPhase")
    void nodeWithoutAPhase_isRefused(Step node) {
        assertThatThrownBy(() -> Flow.named("agent").node("decide", node)).isInstanceOf(FlowException.InvalidFlow.class)
                .hasMessage("flow 'agent': node 'decide': " + node.getClass().getName() + " overrides none of prep, exec and "
                        + "post. Correct the name and the parameters of its method, which @Override checks; "
                        + "Node.route(shared -> null) is a node that does nothing");
    }

    static class Upper extends Template<String> {
        @Override
        public String exec(String prepared) {
            return prepared.toUpperCase();
        }
    }

    static class Inherits extends Upper {
    }

    interface Shouts extends Node<String, String> {
        @Override
        default String exec(String prepared) {
            return prepared + "!";
        }
    }

    static class Shouting implements Shouts {
    }

    static class Bounded<T extends Number> implements Node<T, T> {
        @Override
        public T exec(T prepared) {
            return prepared;
        }
    }

    record Reads(String name) implements BatchNode<String, String> {
        @Override
        public List<String> prep(Store shared) {
            return List.of();
        }
    }

    static class Writes implements BatchNode<String, String> {
        @Override
        public String post(Store shared, List<String> items, List<String> results) {
            return null;
        }
    }

    static class Each implements ParallelBatchNode<String, Integer> {
        @Override
        public Integer exec(String item) {
            return item.length();
        }
    }

    static class Asks implements AsyncNode<String, String> {
        @Override
        public CompletionStage<String> exec(String prepared) {
            return null;
        }
    }

    static class Answers implements AsyncNode<String, String> {
        @Override
        public String post(Store shared, String prepared, String result) {
            return null;
        }
    }

    enum Constant implements Node<Void, Void> {
        ONE {
            @Override
            public Void prep(Store shared) {
                return null;
            }
        }
    }

    static List<Step> withAPhase() {
        return List.of(new Upper(), new Inherits(), new Shouting(), new Bounded<Integer>(), new Reads("r"), new Writes(),
                new Each(), new Asks(), new Answers(), Constant.ONE, Node.of(TEXT, text -> text, TEXT),
                Node.route(shared -> null), new RemoteFlow("other"),
                (Step) Proxy.newProxyInstance(Node.class.getClassLoader(), new Class<?>[] { Shouts.class },
                        (proxy, method, arguments) -> null));
    }

    @ParameterizedTest
    @MethodSource("withAPhase")
    void nodeWithAnOwnOrInheritedPhase_isAccepted(Step node) {
        assertThat(TestSteps.flow(node).nodes()).containsKey("node");
    }

    /** In a native executable, a method that is not registered looks like one that is not overridden. */
    @Test
    void anyNode_isTaken_inANativeExecutable() {
        System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
        try {
            assertThat(TestSteps.flow(new Misspelt()).nodes()).containsKey("node");
        } finally {
            System.clearProperty("org.graalvm.nativeimage.imagecode");
        }
    }
}
