package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.response.AnswerView;
import dev.pocketflow.quarkus.internal.response.HopResponse;

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
    void valueThatIsNotJson_isRefused_namingTheKeyAndNotTheValue(Object value) {
        Store store = Store.create().put("fine", 1).put("odd", value);

        assertThatExceptionOfType(FlowException.BadValue.class)
                .isThrownBy(() -> SealedRoundTrip.of(store))
                .withMessageContaining("store key 'odd'").withMessageNotContaining("secret")
                .satisfies(e -> assertThat(e.key()).isEqualTo("odd"));
    }

    /** Nothing checked the value before the hop. */
    @Test
    void nodeThatPutTheValue_isNamed() {
        Flow flow = Flow.named("flow").node("open", new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("odd", new Object());
                return null;
            }
        }).then("next").node("next", Node.route(shared -> null)).build();

        assertThatExceptionOfType(FlowException.BadValue.class)
                .isThrownBy(() -> Run.of(flow, Store.create()).everyStep(OneWriterPropertiesTest::throughItsEnvelope).start()
                        .orThrow())
                .withMessageContaining("the value of store key 'odd', put by node 'open' of flow 'flow', cannot be written");
    }

    record Holder(Object any) {
    }

    static List<Object> outside() {
        Object deep = 1;
        for (int i = 0; i < 199; i++) {
            deep = List.of(deep);
        }
        return List.of(List.of("\ud83d"), Map.of("x\ude00", 1), new Holder("\ud83d"), '\ud83d', new StringBuilder("\ud83d"),
                List.of(new BigInteger("7".repeat(1_001))), new Holder(BigInteger.TEN.pow(1_000)),
                List.of(new BigDecimal("7".repeat(600) + "." + "7".repeat(600))), deep, new Object(),
                Map.of("list", List.of(new Object())));
    }

    /** An answer refuses the same values as a hop, secret or not, and names the node, if nothing is checked at the put. */
    @ParameterizedTest
    @MethodSource("outside")
    void answer_isRefusedForTheSameValues_asAHop(Object value) {
        for (Key<Object> key : List.of(Key.of("odd", Object.class), Key.of("odd", Object.class).secret())) {
            Flow flow = Flow.named("flow").node("open", new Node<>() {
                @Override
                public String post(Store shared, Object prepared, Object result) {
                    shared.put(key, value);
                    return null;
                }
            }).then("next").node("next", Node.route(shared -> null)).build();
            Run direct = Run.of(flow, Store.create());

            HopResponse answer = HopResponse.completed(direct, (Outcome.Completed) direct.start(), 200, AnswerView.ALL);
            Outcome travelled = Run.of(flow, Store.create()).everyStep(OneWriterPropertiesTest::throughItsEnvelope).start();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.message()).contains("the value of store key 'odd', put by node 'open' of flow 'flow', ");
            assertThat(((Outcome.Failed) travelled).failure()).isInstanceOf(FlowException.BadValue.class)
                    .hasMessageContaining("the value of store key 'odd', put by node 'open' of flow 'flow', ");
        }
    }

    private static void isRefused(Flow flow, String where) {
        FlowException failure = ((Outcome.Failed) Run.of(flow, Store.create()).everyStep(new SealedRoundTrip()).start())
                .failure();

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
    void itemsResultsOrParamsThatAreNotJson_areRefused_namingFlowAndNode() {
        isRefused(Flow.named("flow").node("node", batch(List.of("hidden", new Object()), 1)).build(),
                "flow 'flow', node 'node': java.lang.Object in the items");
        isRefused(Flow.named("flow").node("node", batch(List.of("hidden", 2), new Object())).build(),
                "flow 'flow', node 'node': java.lang.Object in the results");
        isRefused(
                Flow.named("each").node("a", Node.route(shared -> null)).then("b").node("b", Node.route(shared -> null))
                        .forEach(shared -> List.of(Map.of("hidden", new Object()))).build(),
                "flow 'each', node 'b': java.lang.Object in the params");
    }
}
