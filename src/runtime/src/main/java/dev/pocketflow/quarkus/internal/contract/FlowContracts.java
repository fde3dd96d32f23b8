package dev.pocketflow.quarkus.internal.contract;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

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

    /**
     * Refuses contracts with a type whose values this executable cannot make. A native executable has only the constructors
     * that
     * its build registers. Without this check, each input would be refused as if it were wrong.
     *
     * @param has whether the executable has a constructor of the class
     * @throws FlowException if there is such a type
     */
    public void requireConstructors(Predicate<Class<?>> has) {
        contracts.values().forEach(each -> each.requireConstructors(has));
    }

    /** Sets the application's rules for values. */
    public void enforce(ValueRules more) {
        rules = more;
    }

    /** Checks the input of a new run: see {@link FlowContract#accept}. */
    public Store accept(Flow flow, Store input, boolean ignoresUnknown) {
        return of(flow).accept(input, ignoresUnknown, rules);
    }

    /** {@return inputs that the flow's contract and the application's rules accept: see {@link FlowContract#examples}} */
    public List<Map<String, Object>> examples(Flow flow) {
        return of(flow).examples(rules);
    }

    /** {@return the contract of a flow} */
    public FlowContract of(Flow flow) {
        return contracts.computeIfAbsent(flow, FlowContract::new);
    }
}
