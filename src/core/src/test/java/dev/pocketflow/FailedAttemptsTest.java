package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.FlowException.StepFailed;

/** A failed step reports its attempts and its input. */
class FailedAttemptsTest {

    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final Key<Integer> COUNT = Key.of("count", Integer.class);

    private static StepFailed failure(Flow flow, Store store) {
        Outcome outcome = TestRuns.of(flow, store).clock(InstantSource.fixed(NOW)).start();
        return (StepFailed) ((Outcome.Failed) outcome).failure();
    }

    /** Repeats a call in the way of a retry library. */
    private static Object repeated(int times, Exception failure) throws Exception {
        Visit visit = Visit.current();
        for (int i = 1;; i++) {
            try {
                return visit.attempt(() -> {
                    throw failure;
                });
            } catch (Exception e) {
                if (i == times) {
                    throw e;
                }
            }
        }
    }

    @Test
    void attempts_areOfTheFailedItemOnly() {
        Flow flow = Flow.named("flow").node("items", new BatchNode<Integer, Object>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2, 3);
            }

            @Override
            public Object exec(Integer item) throws Exception {
                if (item == 1) { // costs an attempt that does not count for the others
                    try {
                        repeated(1, new IllegalStateException());
                    } catch (IllegalStateException e) {
                        return item;
                    }
                }
                return item == 3 ? repeated(2, new IOException("disk full")) : item;
            }
        }).build();
        StepFailed failed = failure(flow, Store.create());

        assertThat(failed.item()).hasValue(2);
        assertThat(failed.attempts()).containsExactly(new FailedAttempt(1, NOW, "java.io.IOException"),
                new FailedAttempt(2, NOW, "java.io.IOException"));
        assertThat(failed).hasMessage("flow 'flow', node 'items': exec of item 2 failed: java.io.IOException");
    }

    @Test
    void attemptsOfANode_areTheLastTwenty() {
        Flow flow = Flow.named("flow").node("n", new Node<Object, Object>() {
            @Override
            public Object exec(Object prepared) throws Exception {
                return repeated(30, new IOException());
            }
        }).build();
        StepFailed failed = failure(flow, Store.create());

        assertThat(failed.item()).isEmpty();
        assertThat(failed.attempts()).hasSize(20);
        assertThat(failed.attempts().get(0).number()).isEqualTo(11);
    }

    @Test
    void attemptIsOne_ifNothingCounts_alsoForAnAsyncNode() {
        Flow node = Flow.named("flow").node("n", new Node<Object, Object>() {
            @Override
            public Object exec(Object prepared) throws Exception {
                throw new IOException();
            }
        }).build();
        Flow async = Flow.named("flow").node("n", new AsyncNode<Object, Object>() {
            @Override
            public CompletionStage<Object> exec(Object prepared) {
                return CompletableFuture.failedFuture(new IOException());
            }
        }).build();

        for (Flow flow : List.of(node, async)) {
            assertThat(failure(flow, Store.create()).attempts())
                    .containsExactly(new FailedAttempt(1, NOW, "java.io.IOException"));
        }
    }

    @Test
    void otherPhases_haveNoAttempts() {
        Flow flow = Flow.named("flow").node("n", new Node<Object, Object>() {
            @Override
            public Object prep(Store shared) {
                throw new IllegalStateException();
            }
        }).build();

        assertThat(failure(flow, Store.create()).attempts()).isEmpty();
    }

    private static Node<Object, Object> reading(boolean first) {
        return new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                if (first) {
                    shared.update("seen", seen -> true);
                }
                return String.valueOf(shared.get(COUNT));
            }
        };
    }

    static Stream<Flow> unchanging() {
        return Stream.of(Flow.named("flow").node("n", reading(false)).build(),
                Flow.named("flow").node("a", TestSteps.acting(null)).then("n").node("n", reading(false)).build(),
                Flow.branches("flow", Flow.named("left").node("n", reading(false)).build(),
                        Flow.named("right").node("n", TestSteps.acting(null)).build()));
    }

    @ParameterizedTest
    @MethodSource("unchanging")
    void inputIsAtFault_ifNothingWasChanged(Flow flow) {
        assertThat(failure(flow, Store.create()).isBadInput()).isTrue();
        assertThat(failure(flow, Store.of(Map.of("count", "many"))).isBadInput()).isTrue();
    }

    @Test
    void inputIsNotAtFault_ifAStepChangedTheStore_orFailedForAnotherReason() {
        assertThat(failure(Flow.named("flow").node("n", reading(true)).build(), Store.create()).isBadInput()).isFalse();
        assertThat(failure(Flow.named("flow").node("n", new Node<Object, Object>() {
            @Override
            public Object prep(Store shared) {
                throw new IllegalStateException("the store has no key");
            }
        }).build(), Store.create()).isBadInput()).isFalse();
        assertThat(failure(Flow.named("flow").node("n", new Node<Object, Object>() {
            @Override
            public Object prep(Store shared) {
                shared.remove("gone");
                return shared.get("gone");
            }
        }).build(), Store.of(Map.of("gone", 1))).isBadInput()).isFalse();
    }

    @Test
    void nodeThatChecksTheInput_saysWhatIsWrong() {
        assertThat(failure(Flow.named("flow").node("n", new Node<Object, Object>() {
            @Override
            public Object prep(Store shared) {
                throw new FlowException.BadInput("send a question");
            }
        }).build(), Store.create())).hasMessageEndingWith("prep failed: send a question")
                .satisfies(failed -> assertThat(failed.isBadInput()).isTrue());
    }
}
