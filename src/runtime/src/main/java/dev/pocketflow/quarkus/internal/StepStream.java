package dev.pocketflow.quarkus.internal;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.StepEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;

/** A run as a stream: its steps as they happen, and at last its outcome. Whoever stops listening stops the run. */
final class StepStream {

    /** One event: its name, and its data as JSON. */
    record Message(String name, byte[] json) {
    }

    private MultiEmitter<? super Message> emitter;

    private StepStream() {
    }

    /** @throws RuntimeException if the event is refused, before there is a stream */
    static Multi<Message> of(FlowFunction function, Input input) {
        StepStream stream = new StepStream();
        Invocation invocation = function.invocation(input, null, stream::tell);
        return Multi.createFrom().emitter(emitter -> {
            stream.emitter = emitter;
            emitter.onTermination(invocation::cancel);
            invocation.startAsync()
                    .whenComplete((answer, refused) -> stream.end(answer == null ? Answer.refused(refused) : answer));
        });
    }

    /** Parallel steps tell at once, and an emitter takes one event at a time. */
    private synchronized void tell(StepEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", event.run());
        data.put("sequence", event.sequence());
        emitter.emit(message(event, data));
    }

    private static Message message(StepEvent event, Map<String, Object> data) {
        if (event instanceof StepEvent.Finished finished) {
            data.putAll(Answer.step(finished));
            return new Message("finished", Answer.json(data));
        }
        data.put("flow", event.flow());
        data.put("node", event.node());
        if (event instanceof StepEvent.AttemptFailed failed) {
            item(data, failed.item());
            data.put("attempt", failed.attempt());
            data.put("error", failed.failure().getClass().getName());
            return new Message("attempt-failed", Answer.json(data));
        }
        if (event instanceof StepEvent.Emitted emitted) {
            item(data, emitted.item());
            data.put("value", emitted.value());
            return new Message("emitted", Answer.json(data));
        }
        return new Message("started", Answer.json(data));
    }

    private static void item(Map<String, Object> data, int item) {
        if (item >= 0) {
            data.put("item", item);
        }
    }

    private synchronized void end(Answer answer) {
        emitter.emit(new Message("outcome", answer.json()));
        emitter.complete();
    }
}
