package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;

class UnwritableValueTest {

    static List<Object> unwritable() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        return List.of(new Object(), cycle, Map.of("deep", List.of(new Object())),
                new Object() {
                    @SuppressWarnings("unused")
                    public String getSecret() {
                        throw new IllegalStateException("secret");
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void valueThatIsNoJson_isRefused_namingTheKeyAndNotTheValue(Object value) {
        Store store = Store.create().put("fine", 1).put("odd", value);

        assertThatExceptionOfType(FlowException.BadValue.class)
                .isThrownBy(() -> JsonTrip.of(store))
                .withMessageContaining("store key 'odd'").withMessageNotContaining("secret")
                .satisfies(e -> assertThat(e.key()).isEqualTo("odd"));
    }

    /** At the hop, where nobody checked it before. */
    @Test
    void nodeThatPutIt_isNamed() {
        Flow flow = Flow.named("flow").node("open", new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("odd", new Object());
                return null;
            }
        }).then("next").node("next", new Node<>() {
        }).build();

        assertThatExceptionOfType(FlowException.BadValue.class)
                .isThrownBy(() -> Run.of(flow, Store.create()).everyStep(OneWriterPropertiesTest::throughItsEnvelope).start()
                        .orThrow())
                .withMessageContaining("the value of store key 'odd', put by node 'open' of flow 'flow', cannot be written");
    }

    private static void isRefused(Flow flow, String where) {
        FlowException failure = ((Outcome.Failed) Run.of(flow, Store.create()).everyStep(new JsonTrip()).start()).failure();

        assertThat(failure).hasMessageStartingWith(where).hasMessageContaining("java.lang.Object")
                .hasMessageContaining("cannot be written as JSON").hasMessageNotContaining("hidden");
    }

    private static BatchNode<Object, Object> batch(List<Object> items, Object result) {
        return new BatchNode<>() {
            @Override
            public List<Object> prep(Store shared) {
                return items;
            }

            @Override
            public Object exec(Object item) {
                return result;
            }
        };
    }

    @Test
    void itemsResultsOrParamsThatAreNoJson_areRefused_namingFlowAndNode() {
        isRefused(Flow.named("flow").node("node", batch(List.of("hidden", new Object()), 1)).build(),
                "flow 'flow', node 'node': java.lang.Object in the items");
        isRefused(Flow.named("flow").node("node", batch(List.of("hidden", 2), new Object())).build(),
                "flow 'flow', node 'node': java.lang.Object in the results");
        isRefused(Flow.named("each").node("a", new Node<>() {
        }).then("b").node("b", new Node<>() {
        }).forEach(shared -> List.of(Map.of("hidden", new Object()))).build(),
                "flow 'each', node 'b': java.lang.Object in the params");
    }
}
