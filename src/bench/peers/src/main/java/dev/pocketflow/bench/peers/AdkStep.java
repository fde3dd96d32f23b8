package dev.pocketflow.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.InvocationContext;
import com.google.adk.events.Event;

import io.reactivex.rxjava3.core.Flowable;

/** A custom agent: reads the session's state and emits one event. */
final class AdkStep extends BaseAgent {

    private final BiConsumer<Map<String, Object>, Event.Builder> work;

    /** @param work receives a read-only view of the state, and the builder of the step's event */
    AdkStep(String name, BiConsumer<Map<String, Object>, Event.Builder> work) {
        super(name, "a step", List.of(), List.of(), List.of());
        this.work = work;
    }

    @Override
    protected Flowable<Event> runAsyncImpl(InvocationContext context) {
        return Flowable.fromCallable(() -> {
            Event.Builder event = Event.builder().id(Event.generateEventId()).invocationId(context.invocationId())
                    .author(name());
            work.accept(context.session().state(), event);
            return event.build();
        });
    }

    @Override
    protected Flowable<Event> runLiveImpl(InvocationContext context) {
        return runAsyncImpl(context);
    }
}
