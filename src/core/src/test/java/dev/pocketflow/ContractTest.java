package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

    private static final Key<String> TEXT = Key.of("text", String.class);
    private static final Key<String> SHORT = Key.of("short", String.class);
    private static final Key<Integer> LIMIT = Key.of("limit", Integer.class).defaultTo(80);

    private static final Node<String, String> SHORTEN = Node.of(TEXT, text -> text.substring(1), SHORT);

    @Test
    void flowWithoutContract_declaresNothing() {
        Flow flow = Flow.named("flow").node("shorten", SHORTEN).build();

        assertThat(flow.takes()).isEmpty();
        assertThat(flow.gives()).isEmpty();
        assertThat(flow.description()).isEmpty();
    }

    @Test
    void contract_hasItsKeysInOrder() {
        Flow flow = Flow.named("flow").takes(TEXT, LIMIT).gives(SHORT).describedAs("Shortens a text")
                .node("shorten", SHORTEN).build();

        assertThat(flow.takes()).contains(List.of(TEXT, LIMIT));
        assertThat(flow.gives()).contains(List.of(SHORT));
        assertThat(flow.description()).contains("Shortens a text");
    }

    /** A flow without input differs from one that does not say what it takes. */
    @Test
    void noKeys_areAContractToo() {
        Flow flow = Flow.named("flow").takes().gives().node("route", Node.route(store -> null)).build();

        assertThat(flow.takes()).contains(List.of());
        assertThat(flow.gives()).contains(List.of());
    }

    @Test
    void contract_isNoPartOfTheGraph_soThatRunsUnderWayGoOn() {
        assertThat(Flow.named("flow").takes(TEXT).node("shorten", SHORTEN).build().fingerprint())
                .isEqualTo(Flow.named("flow").node("shorten", SHORTEN).build().fingerprint());
    }

    @Test
    void plainRun_isNotChecked() {
        Flow flow = Flow.named("flow").takes(TEXT).gives(SHORT).node("shorten", SHORTEN).build();

        assertThat(flow.run(Store.of(Map.of("text", "abc", "more", 1)))).isInstanceOfSatisfying(Outcome.Completed.class,
                done -> assertThat(done.store().asMap()).containsEntry("short", "bc").containsEntry("more", 1));
    }

    @Test
    void partDeclaredTwice_isRefused() {
        refused(() -> Flow.named("flow").takes(TEXT).takes(LIMIT),
                "flow 'flow': takes(...) is called twice. Name all keys in one call");
        refused(() -> Flow.named("flow").gives(TEXT).gives(LIMIT), "flow 'flow': gives(...) is called twice");
        refused(() -> Flow.named("flow").takes(TEXT, LIMIT, TEXT), "flow 'flow': takes(...) has the key 'text' twice");
    }

    @Test
    void keysOfOneName_mustAgreeInTypeAndSecrecy() {
        Key<Integer> number = Key.of("text", Integer.class);
        refused(() -> Flow.named("flow").takes(number).node("shorten", SHORTEN).build(),
                "the key 'text' is a java.lang.String in node 'shorten', and a java.lang.Integer in the flow's contract. Use "
                        + "one key of this name");
        refused(() -> Flow.named("flow").takes(TEXT.secret()).gives(TEXT).node("shorten", SHORTEN).build(),
                "the key 'text' is a java.lang.String in gives(...), and a secret java.lang.String in the flow's contract");
        Flow nested = Flow.named("nested").node("shorten", SHORTEN).build();
        refused(() -> Flow.named("flow").takes(number).node("nested", nested).build(),
                "the key 'text' is a java.lang.String in node 'shorten'");
    }

    @Test
    void keyThatNoNodeWrites_isRefused_ifAllWritersAreKnown() {
        Key<String> typo = Key.of("shrot", String.class);
        refused(() -> Flow.named("flow").takes(TEXT).gives(SHORT, typo).node("shorten", SHORTEN).build(),
                "flow 'flow': gives(...) has the key 'shrot', which no node writes. Correct the key, or add the node that "
                        + "writes it");
        Flow nested = Flow.named("nested").node("route", Node.route(store -> null)).then("shorten").node("shorten", SHORTEN)
                .build();
        refused(() -> Flow.named("flow").takes(TEXT).gives(typo).node("nested", nested).build(), "'shrot'");
    }

    @Test
    void keyThatANodeMayWrite_isAccepted() {
        Key<String> other = Key.of("other", String.class);
        Node<Object, Object> writes = new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put(other, "x");
                return null;
            }
        };
        assertThat(Flow.named("flow").takes(TEXT).gives(other).node("writes", writes).build()).isNotNull();
        assertThat(
                Flow.named("flow").takes(TEXT).gives(other).node("shorten", SHORTEN).after((store, action) -> action).build())
                .isNotNull();
        assertThat(Flow.named("flow").takes(other).gives(other).node("route", Node.route(store -> null)).build()).isNotNull();
        assertThat(Flow.named("flow").takes().gives(other).node("wait", Await.signal(other)).build()).isNotNull();
        assertThat(Flow.named("flow").takes().gives(other).node("away", new RemoteFlow("far")).build()).isNotNull();
        assertThat(Flow.named("flow").gives(other).node("shorten", SHORTEN).build()).as("any input").isNotNull();
    }

    /** A flow may be a node of several others: the paths to it double at each level. */
    @Test
    void sharedFlow_isReadOnce() {
        Flow flow = Flow.named("0").node("shorten", SHORTEN).build();
        for (int i = 1; i < 100; i++) {
            flow = Flow.named(Integer.toString(i)).node("a", flow).then("b").node("b", Flow.branches("both", flow)).build();
        }
        Flow shared = flow;

        assertThat(Flow.named("flow").takes(TEXT).gives(SHORT).node("shared", shared).build().gives()).contains(List.of(SHORT));
        refused(() -> Flow.named("flow").takes(TEXT).gives(LIMIT).node("shared", shared).build(),
                "'limit', which no node writes");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void blankDescription_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.named("flow").describedAs(text))
                .withMessageStartingWith("flow 'flow': the description must not be blank, was ");
    }

    private static void refused(Runnable declaration, String message) {
        assertThatThrownBy(declaration::run).isInstanceOf(FlowException.InvalidFlow.class).hasMessageContaining(message);
    }
}
