package dev.pocketflow.quarkus.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/** A run that fails because of its input, before it changed anything. */
class BadInputTest extends FailedRuns {

    private static final Key<Integer> COUNT = Key.of("count", Integer.class);

    static Stream<Flow> readers() {
        Node<Object, Object> prep = new Node<>() {
            @Override
            public Object prep(Store shared) {
                return shared.get(COUNT);
            }
        };
        Node<Object, Object> post = new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("sum", 1 + shared.get(COUNT));
                return null;
            }
        };
        Node<Void, Void> routes = Node.route(shared -> null);
        BatchNode<Object, Object> batch = new BatchNode<>() {
            @Override
            public List<Object> prep(Store shared) {
                return List.of(shared.get(COUNT));
            }
        };
        return Stream.of(Flow.named("flow").node("n", prep).build(), Flow.named("flow").node("n", post).build(),
                Flow.named("flow").node("first", routes).then("n").node("n", prep).build(),
                Flow.named("flow").node("n", batch).build(),
                Flow.named("flow").node("inner", Flow.named("inner").node("n", prep).build()).build(),
                Flow.named("flow").node("n", routes).forEach(shared -> List.of(Map.of("n", shared.get(COUNT)))).build());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void inputWithoutItsKey_orOfAnotherType_isRefused_andNotParked(Flow flow) {
        for (String checkpoint : List.of("hop", "step")) {
            TestFunction counter = new TestFunction(flow, new MemoryLedger(LedgerConfigValues.KEEP, clock), park(), clock,
                    "checkpoint",
                    checkpoint);
            assertThatThrownBy(() -> counter.send("{\"other\":1}")).isInstanceOfSatisfying(BadEvent.class,
                    refused -> assertThat(refused.status()).isEqualTo(400)).hasMessageContaining("the input has no key 'count'")
                    .hasMessageNotContaining("other");
            assertThatThrownBy(() -> counter.send("{\"count\":[\"many\"]}")).isInstanceOf(BadEvent.class)
                    .hasMessageContaining("the input does not fit").hasMessageContaining("'count'")
                    .hasMessageNotContaining("many");
        }
        assertThat(isEmpty()).isTrue();
        assertThat(lines.of(Level.SEVERE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void inputWithoutItsKey_isRefused_inEveryRoundTrip(Flow flow) {
        TestFunction counter = new TestFunction(flow, Ledger.NONE, park(), clock, "round-trip", "every-step");

        assertThatThrownBy(() -> counter.send("{}")).isInstanceOf(BadEvent.class);
        assertThat(isEmpty()).isTrue();
    }

    /** The run is parked although its input lacks a key: its changes may be worth something. */
    @ParameterizedTest
    @MethodSource("readers")
    void runThatChangedSomething_isParked(Flow flow) throws IOException {
        Flow changed = Flow.named("changed").node("puts", new Node<Object, Object>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("done", true);
                return null;
            }
        }).then("rest").node("rest", flow).build();
        failed(new TestFunction(changed, Ledger.NONE, park(), clock), "{}");

        assertThat(TestFunction.json(parked()).at("/store/done").asBoolean()).isTrue();
        assertThat(lines.of(Level.SEVERE)).hasSize(1);
    }

    @Test
    void envelopeOfARun_isNotAnInput() throws IOException {
        TestFunction counter = new TestFunction(putting(Map.of("fine", 1)), Ledger.NONE, park(), clock);
        failed(counter, "{}");
        byte[] parked = parked();
        Flow reads = Flow.named("flow").node("fails", new Node<Object, Object>() {
            @Override
            public Object prep(Store shared) {
                return shared.get(COUNT);
            }
        }).build();

        assertThat(failed(new TestFunction(reads, Ledger.NONE, FailedRunStore.NONE, clock), new String(parked, UTF_8))
                .at("/failure/type").asText())
                .endsWith("MissingKey");
    }
}
