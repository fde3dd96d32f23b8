package dev.pocketflow.quarkus.internal.contract;

import java.util.List;

import dev.pocketflow.quarkus.BadEvent;

/** Rules for values that have the right type. */
public interface ValueRules {

    /** Accepts everything: the application has no rules of its own. */
    ValueRules NONE = (place, value) -> List.of();

    /**
     * {@return the violations in a value}
     *
     * @param place of the value
     * @param value of its key's type; not null
     */
    List<BadEvent.Fault> faults(Place place, Object value);
}
