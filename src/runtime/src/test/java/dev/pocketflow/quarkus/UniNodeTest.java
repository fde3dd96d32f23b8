package dev.pocketflow.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import io.smallrye.mutiny.Uni;

/** A Uni as the work of a node, without a container. */
class UniNodeTest {

    private final AtomicInteger subscriptions = new AtomicInteger();

    private Flow flow(Uni<?> work) {
        return Flow.named("flow").node("node", new UniNode<String, Object>() {
            @Override
            public String prep(Store shared) {
                return (String) shared.get("name");
            }

            @Override
            public Uni<Object> execUni(String name) {
                return work.onSubscription().invoke(subscriptions::incrementAndGet).map(item -> item + name);
            }

            @Override
            public String post(Store shared, String name, Object result) {
                shared.put("result", result);
                return "done";
            }
        }).build();
    }

    private static Store store() {
        return Store.of(Map.of("name", "Ada"));
    }

    @Test
    void item_isTheResult_whicheverWayTheFlowIsRun() {
        Flow flow = flow(Uni.createFrom().item("Hello "));

        for (Outcome outcome : List.of(flow.run(store()), flow.runAsync(store()).toCompletableFuture().join())) {
            assertThat(outcome.orThrow().action()).isEqualTo("done");
            assertThat(outcome.store().get("result")).isEqualTo("Hello Ada");
        }
        assertThat(subscriptions).hasValue(2);
    }

    @Test
    void failure_isTheCauseOfTheStepsFailure() {
        IllegalStateException wrong = new IllegalStateException();

        Outcome.Failed failed = (Outcome.Failed) flow(Uni.createFrom().failure(wrong)).run(store());

        assertThat(failed.failure()).isInstanceOf(FlowException.StepFailed.class).cause().isSameAs(wrong);
    }

    @Test
    void cancelledRun_cancelsTheSubscription() {
        AtomicInteger cancelled = new AtomicInteger();
        Run run = Run.of(flow(Uni.createFrom().nothing().onCancellation().invoke(cancelled::incrementAndGet)), store())
                .executor(Runnable::run);
        CompletableFuture<Outcome> outcome = run.startAsync().toCompletableFuture();

        run.cancel();

        assertThat(cancelled).hasValue(1);
        assertThat(((Outcome.Failed) outcome.join()).failure()).isInstanceOf(FlowException.Stopped.class);
    }

    @Test
    void visit_isCurrent_whenTheWorkIsDescribedAndSubscribedTo() {
        Flow flow = flow(Uni.createFrom().item(() -> Visit.current().node() + " "));

        assertThat(flow.run(store()).orThrow().store().get("result")).isEqualTo("node Ada");
    }
}
