package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fingerprint changes exactly when a name, an edge or a kind does. */
class GraphFingerprintTest {

    private static final String BASE = base().build().fingerprint();

    private static final class Renamed implements Node<String, String> {
        @Override
        public String exec(String prepared) {
            return prepared;
        }
    }

    private static Flow.Builder base() {
        return Flow.named("f").node("a", acting("x")).on("x", "b").on("y", "c").node("b", trace("b")).ends("end").node("c",
                TestSteps.batch(1, List.of(), item -> item));
    }

    private static Flow nested(Flow inner) {
        return Flow.named("f").node("a", inner).build();
    }

    private static Flow inner(String node) {
        return Flow.named("inner").node(node, acting(null)).build();
    }

    /** A failure here means that every run in flight would meet a changed graph. */
    @Test
    void fingerprint_isShortAndSafeInUrls_andTheSameInEveryProcess() {
        assertThat(BASE).matches("[A-Za-z0-9_-]{22}").isEqualTo(base().build().fingerprint());
        assertThat(Flow.named("flow").node("node", acting(null)).build().fingerprint()).isEqualTo("CRYI0FJ4DL3hN8DZIzxA-g");
    }

    static Stream<Flow> same() {
        return Stream.of(
                Flow.named("f").node("a", new Renamed()).on("x", "b").on("y", "c").node("b", new Renamed()).ends("end")
                        .node("c", TestSteps.batch(5, List.of("other"), item -> 1)).build(),
                Flow.named("f").node("a", acting("x")).on("y", "c").on("x", "b").node("b", trace("b")).ends("end")
                        .node("c", TestSteps.batch(1, List.of(), item -> item)).build(),
                Flow.named("f").node("a", acting("x")).on("x", "b").on("y", "c")
                        .node("c", TestSteps.batch(1, List.of(), item -> item)).node("b", trace("b")).ends("end").build(),
                base().after((shared, action) -> "other").build());
    }

    @ParameterizedTest
    @MethodSource("same")
    void otherClasses_orOtherOrder_areTheSameGraph(Flow flow) {
        assertThat(flow.fingerprint()).isEqualTo(BASE);
    }

    @Test
    void otherConcurrency_andOrderOfBranches_areTheSameGraph() {
        assertThat(base().forEach(shared -> null).concurrency(2).build().fingerprint())
                .isEqualTo(base().forEach(shared -> List.of()).concurrency(3).build().fingerprint());
        assertThat(Flow.branches("f", inner("a"), base().build()).fingerprint())
                .isEqualTo(Flow.branches("f", base().build(), inner("a")).fingerprint());
        assertThat(nested(inner("a")).fingerprint()).isEqualTo(nested(inner("a")).fingerprint());
    }

    static Stream<Flow> others() {
        Flow.Builder a = Flow.named("f").node("a", acting("x"));
        return Stream.of(Flow.named("g").node("a", acting("x")).build(), a.build(),
                base().on("back", "a").build(), base().ends("end").build(), base().forEach(shared -> null).build(),
                base().forEach(shared -> null).concurrency(2).build(),
                Flow.named("f").node("a", acting("x")).on("x", "c").on("y", "b").node("b", trace("b")).ends("end")
                        .node("c", TestSteps.batch(1, List.of(), item -> item)).build(),
                Flow.named("f").node("a", acting("x")).on("x", "b").on("y", "c").node("b", trace("b")).ends("end")
                        .node("c", acting(null)).build(),
                Flow.named("f").node("a", acting("x")).on("x", "b").on("y", "c").node("b", trace("b")).ends("other")
                        .node("c", TestSteps.batch(1, List.of(), item -> item)).build(),
                Flow.named("f").node("a", acting("x")).on("x", "b").on("y", "d").node("b", trace("b")).ends("end")
                        .node("d", TestSteps.batch(1, List.of(), item -> item)).build(),
                Flow.named("f").node("a", acting("x")).on("x", "b").on("y", "c")
                        .node("b", TestSteps.async(() -> CompletableFuture.completedFuture(1))).ends("end")
                        .node("c", TestSteps.batch(1, List.of(), item -> item)).build(),
                Flow.named("f").node("b", trace("b")).ends("end").on("z", "a").node("a", acting("x")).on("x", "b").on("y", "c")
                        .node("c", TestSteps.batch(1, List.of(), item -> item)).build(),
                nested(inner("a")), nested(inner("b")), Flow.named("f").node("a", new RemoteFlow("inner")).build(),
                Flow.named("f").node("a", new RemoteFlow("other")).build(),
                Flow.named("f").node("a", TestSteps.batch(1, List.of(), item -> item)).build(), Flow.branches("f", inner("a")),
                Flow.branches("f", inner("a"), Flow.named("more").node("a", acting(null)).build()));
    }

    @Test
    void everyOtherGraph_hasItsOwn() {
        assertThat(Stream.concat(Stream.of(BASE), others().map(Flow::fingerprint))).doesNotHaveDuplicates();
    }

    /** The choice of the first node is part of the graph. The two nodes here lead to each other. */
    @Test
    void otherStart_isAnotherGraph() {
        Flow one = Flow.named("f").node("a", acting(null)).then("b").node("b", acting(null)).then("a").build();
        Flow other = Flow.named("f").node("b", acting(null)).then("a").node("a", acting(null)).then("b").build();

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    /** Two graphs have different fingerprints, also if their names and actions join to the same text. */
    @Test
    void namesThatRunIntoEachOther_areToldApart() {
        assertThat(Flow.named("f").node("a", acting(null)).on("b c", "a").build().fingerprint())
                .isNotEqualTo(Flow.named("f").node("a b", acting(null)).on("c", "a b").build().fingerprint());
        assertThat(Flow.named("f").node("a", acting(null)).ends("->").build().fingerprint())
                .isNotEqualTo(Flow.named("f").node("a", acting(null)).build().fingerprint());
    }
}
