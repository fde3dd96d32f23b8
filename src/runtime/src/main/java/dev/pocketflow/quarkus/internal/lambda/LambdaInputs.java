package dev.pocketflow.quarkus.internal.lambda;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EventMapper;
import dev.pocketflow.quarkus.config.HandOverConfig.Input;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.RunStarter;
import io.quarkus.arc.All;

/** Finds the input in an event that is no HTTP request. */
@Singleton
public class LambdaInputs {

    private final FlowFunction function;
    private final List<EventMapper> mappers;

    LambdaInputs(FlowFunction function, @All List<EventMapper> mappers) {
        this.function = function;
        this.mappers = mappers;
    }

    /** @throws BadEvent if it is not an event that the function takes */
    EntryEvent of(byte[] event, Input part) {
        ServiceEvent service = part == Input.EVENT ? null : ServiceEvent.of(event);
        if (service != null) {
            return EventParser.direct(service.body()).withIdentity(service.kind(), service.id());
        }
        Optional<?> mapped = mapped(event);
        if (mapped.isPresent()) {
            return new EntryEvent.StartRun(RunStarter.store(function.flow().name(), mapped.get()), null);
        }
        EntryEvent direct = EventParser.direct(event);
        if (part == Input.BODY && direct instanceof EntryEvent.StartRun) {
            throw new BadEvent(400,
                    "the event is none of HTTP, SQS, SNS and EventBridge, and quarkus.pocketflow.lambda.input is "
                            + "body. Send one of them, or set it to auto");
        }
        return direct;
    }

    private Optional<?> mapped(byte[] event) {
        if (mappers.isEmpty() || EventParser.isSent(event)) {
            return Optional.empty();
        }
        Map<String, Object> object = EventParser.object(event);
        return EventParser.isForARun(object) ? Optional.empty()
                : mappers.stream().map(mapper -> mapper.map(object)).flatMap(Optional::stream).findFirst();
    }
}
