package dev.pocketflow.quarkus.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.pocketflow.StepEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;

/**
 * A run as a stream: its steps as they happen, and at last its outcome. Whoever stops listening stops the run; who reads more
 * slowly than nodes emit values misses some of those, as the next event says, and nothing else.
 */
final class StepStream {

    /** One event: its name, and its data as JSON. */
    record Message(String name, byte[] json) {
    }

    private static final int MOST_UNREAD = 1024 * 1024;

    private MultiEmitter<? super Message> emitter;
    private final AtomicInteger unread = new AtomicInteger(); // bytes
    private int skipped;

    private StepStream() {
    }

    /**
     * {@return the stream, of a run that is yet to start}
     *
     * @param cancel gets the token that cancels the run, where there is one, before there is a stream
     * @throws RuntimeException if the event is refused, before there is a stream
     */
    static Multi<Message> of(FlowFunction function, Input input, Consumer<String> cancel) {
        StepStream stream = new StepStream();
        Invocation invocation = function.invocation(input, null, stream::tell);
        if (invocation.cancelToken() != null) {
            cancel.accept(invocation.cancelToken());
        }
        return Multi.createFrom().<Message> emitter(emitter -> {
            stream.emitter = emitter;
            emitter.onTermination(invocation::cancel);
            invocation.startAsync()
                    .whenComplete((answer, refused) -> stream.end(answer == null ? Answer.refused(refused) : answer));
        }).onItem().invoke(message -> stream.unread.addAndGet(-message.json().length));
    }

    /** Parallel steps tell at once, and an emitter takes one event at a time. */
    private synchronized void tell(StepEvent event) {
        if (event instanceof StepEvent.Emitted && unread.get() > MOST_UNREAD) {
            skipped++;
            return;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", event.run());
        data.put("sequence", event.sequence());
        if (skipped > 0) {
            data.put("skipped", skipped);
        }
        emit(message(event, data));
        skipped = 0;
    }

    private void emit(Message message) {
        unread.addAndGet(message.json().length);
        emitter.emit(message);
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
        emit(new Message("outcome", answer.json()));
        emitter.complete();
    }
}
