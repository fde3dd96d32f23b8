package dev.pocketflow.quarkus;

import java.util.Map;
import java.util.Optional;

/**
 * Maps events of other services to the input of the function's flow, on AWS Lambda. A bean of this type is asked for each event
 * that is no HTTP request, no batch of SQS, no envelope and no signal. Several beans are asked in the order of their
 * {@code @Priority}. Thread-safe.
 */
public interface EventMapper {

    /**
     * Maps an event.
     *
     * @param event the event's members, JSON-shaped
     * @return the input of a new run: a map, or an object that Jackson writes as a JSON object; empty if the event has another
     *         shape
     * @throws BadEvent to refuse the event
     */
    Optional<?> map(Map<String, Object> event);
}
