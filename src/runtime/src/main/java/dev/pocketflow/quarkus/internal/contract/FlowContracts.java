package dev.pocketflow.quarkus.internal.contract;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Store;

/** The contracts of an application's flows. Thread-safe. */
public final class FlowContracts {

    private final Map<Flow, FlowContract> contracts = new ConcurrentHashMap<>();
    private volatile ValueRules rules = ValueRules.NONE;

    /**
     * Reads the contracts of flows.
     *
     * @throws FlowException if Jackson cannot read the type of a key
     */
    public FlowContracts(Collection<Flow> flows) {
        flows.forEach(this::of);
    }

    /** Sets the application's rules for values. */
    public void enforce(ValueRules more) {
        rules = more;
    }

    /** Checks the input of a new run: see {@link FlowContract#accept}. */
    public Store accept(Flow flow, Store input, boolean ignoresUnknown) {
        return of(flow).accept(input, ignoresUnknown, rules);
    }

    /** {@return the contract of a flow} */
    public FlowContract of(Flow flow) {
        return contracts.computeIfAbsent(flow, FlowContract::new);
    }
}
