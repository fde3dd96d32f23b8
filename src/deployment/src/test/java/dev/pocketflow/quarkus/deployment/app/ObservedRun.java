package dev.pocketflow.quarkus.deployment.app;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.pocketflow.Flow;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Step;
import dev.pocketflow.Store;

/** A finished run of a flow with one node, and the events of its listener. */
public record ObservedRun(Outcome outcome, Queue<RunEvent> events) {

    public static ObservedRun run(Step step, Map<String, ?> store) {
        Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
        Run run = Run.of(Flow.named("test").node("a", step).build(), Store.of(store)).listener(events::add);
        return new ObservedRun(run.start(), events);
    }

    public static ObservedRun runAsync(Step step, Map<String, ?> store) {
        Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
        Run run = Run.of(Flow.named("test").node("a", step).build(), Store.of(store)).listener(events::add);
        return new ObservedRun(run.startAsync().toCompletableFuture().join(), events);
    }

    public Object result() {
        return outcome.orThrow().store().get("result");
    }

    /** {@return the class of the node's failure} */
    public Class<?> cause() {
        return ((Outcome.Failed) outcome).failure().getCause().getClass();
    }

    /** {@return the attempts of the last step} */
    public int attempts() {
        return all(RunEvent.StepFinished.class).get(0).attempts();
    }

    /** {@return item and attempt of each that failed, in order} */
    public List<String> failed() {
        return all(RunEvent.AttemptFailed.class).stream().map(failed -> failed.item().orElse(-1) + "/" + failed.attempt())
                .toList();
    }

    public <E> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
