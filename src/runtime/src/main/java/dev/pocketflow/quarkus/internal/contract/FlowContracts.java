package dev.pocketflow.quarkus.internal.contract;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;

/** The contracts of an application's flows. Thread-safe. */
public final class FlowContracts {

    private final Map<Flow, FlowContract> contracts = new ConcurrentHashMap<>();

    /**
     * Reads the contracts of flows.
     *
     * @throws FlowException if Jackson cannot read the type of a key
     */
    public FlowContracts(Collection<Flow> flows) {
        flows.forEach(this::of);
    }

    /** {@return the contract of a flow} */
    public FlowContract of(Flow flow) {
        return contracts.computeIfAbsent(flow, FlowContract::new);
    }
}
