package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Nodes, actions and changes of the store that take one line. */
class OneLineNodeTest {

    private static final Key<String> TEXT = Key.of("text", String.class);
    private static final Key<Integer> LENGTH = Key.of("length", Integer.class);
    private static final Key<List<String>> NOTES = Key.listOf("notes", String.class);

    private enum Size {
        LONG,
        SHORT
    }

    @Test
    void node_readsAKey_works_andWritesAKey() {
        Store store = Store.create().put(TEXT, "four");

        Outcome.Completed end = TestRuns
                .run(Flow.named("flow").node("measure", Node.of(TEXT, String::length, LENGTH)).build(), store)
                .orThrow();

        assertThat(end.action()).isEqualTo("default");
        assertThat(store.get(LENGTH)).isEqualTo(4);
    }

    @Test
    void node_mayThrowAChecked_andFailsInExec() {
        Flow flow = Flow.named("flow").node("read", Node.of(TEXT, text -> {
            throw new IOException("no such page");
        }, LENGTH)).build();

        Outcome end = TestRuns.run(flow, Store.create().put(TEXT, "page"));

        assertThat(end).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.failure()).hasMessage("flow 'flow', node 'read': exec failed: java.io.IOException");
            assertThat(failed.store().find(LENGTH)).isEmpty();
        });
    }

    @Test
    void node_failsWithTheKeysName_ifTheInputIsMissing() {
        Flow flow = Flow.named("flow").node("measure", Node.of(TEXT, String::length, LENGTH)).build();

        assertThatExceptionOfType(FlowException.StepFailed.class).isThrownBy(() -> TestRuns.run(flow, Store.create()).orThrow())
                .withMessageContaining("the store has no key 'text'");
    }

    @Test
    void route_picksTheEdge_andEnumsNameActions() {
        Flow flow = Flow.named("flow")
                .node("size", Node.route(store -> (store.get(TEXT).length() > 4 ? Size.LONG : Size.SHORT).name()))
                .on(Size.LONG, "measure").ends(Size.SHORT)
                .node("measure", Node.of(TEXT, String::length, LENGTH))
                .build();

        assertThat(TestRuns.run(flow, Store.create().put(TEXT, "four")).orThrow().action()).isEqualTo("SHORT");
        assertThat(TestRuns.run(flow, Store.create().put(TEXT, "longer")).store().get(LENGTH)).isEqualTo(6);
    }

    @Test
    void actionThatIsNotAConstantOfTheEnum_isRefused() {
        Flow.Builder builder = Flow.named("flow").node("nothing", Node.route(store -> null));

        assertThatIllegalArgumentException().isThrownBy(() -> builder.on(1, "nothing"))
                .withMessage("an action is a text or an enum's constant, was a java.lang.Integer");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.ends(1));
    }

    @Test
    void route_ofNull_isTheDefaultAction() {
        assertThat(TestRuns.run(Flow.named("flow").node("nothing", Node.route(store -> null)).build(), Store.create()).orThrow()
                .action())
                .isEqualTo("default");
    }

    @Test
    void append_createsTheList_andAddsToTheListThatWasRead() {
        Store store = Store.create().append(NOTES, "a");
        List<String> before = store.get(NOTES);

        store.append(NOTES, "b").append(NOTES, null);

        assertThat(before).containsExactly("a");
        assertThat(store.get(NOTES)).containsExactly("a", "b", null);
    }

    @Test
    void append_takesAListThatCannotBeChanged_andOneFromJson() {
        Store store = Store.create().put("notes", List.of("a"));

        assertThat(store.append(NOTES, "b").get(NOTES)).containsExactly("a", "b");
    }

    @Test
    void append_isRefused_ifTheValueIsNotAList() {
        Store store = Store.create().put("notes", "text");

        assertThatExceptionOfType(FlowException.BadValue.class).isThrownBy(() -> store.append(NOTES, "b"));
        assertThat(store.get("notes")).isEqualTo("text");
    }

    @Test
    void appends_ofManyThreads_loseNothing() {
        Store store = Store.create();

        IntStream.range(0, 1_000).parallel().forEach(i -> store.append(NOTES, "note " + i));

        assertThat(store.get(NOTES)).hasSize(1_000).doesNotHaveDuplicates();
    }
}
