package dev.pocketflow.quarkus.internal.entry;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.pocketflow.Flow;
import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.internal.contract.FlowContracts;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.StepDurations;
import dev.pocketflow.quarkus.internal.load.LoadLimits;
import dev.pocketflow.quarkus.internal.status.RunStatuses;

/** The flow that this application serves. */
@Singleton
public class FlowFunction {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.config");

    private final Event<RunEvent> observers;
    private final Event<RunSuspended> suspended;
    private Map<String, Flow> flows;
    private Flow flow;
    private FlowContracts contracts;
    private StepDurations times;
    private HopEngine engine;
    private LoadLimits load;
    private RunStatuses statuses;

    FlowFunction(Event<RunEvent> observers, Event<RunSuspended> suspended) {
        this.observers = observers;
        this.suspended = suspended;
    }

    /**
     * Sets the flow.
     *
     * @param flows the application's flows by name
     * @param flow the flow that this function serves
     * @param timeouts the {@code @Timeout} of each node's {@code exec}, in milliseconds, by class and method
     */
    public void serve(Map<String, Flow> flows, Flow flow, Map<String, Long> timeouts) {
        this.flows = flows;
        this.flow = flow;
        this.contracts = new FlowContracts(flows.values());
        this.times = new StepDurations(timeouts);
    }

    /** Sets the engine of the flow, and the limits on the work that this instance does at once. */
    public void configure(HopEngine engine, LoadLimits load) {
        this.engine = engine;
        this.load = load;
    }

    /** Sets what tells the status of runs. */
    public void watch(RunStatuses statuses) {
        this.statuses = statuses;
    }

    public RunStatuses statuses() {
        return statuses;
    }

    /** {@return the application's flows by name, with the one that it serves} */
    public Map<String, Flow> flows() {
        return flows;
    }

    /** {@return the names of the flows whose runs work here} */
    public List<String> startable() {
        return flows.values().stream().filter(engine::hosts).map(Flow::name).toList();
    }

    /** {@return the contracts of the application's flows} */
    public FlowContracts contracts() {
        return contracts;
    }

    /** {@return the measured and permitted times of this flow's steps} */
    public StepDurations times() {
        return times;
    }

    /** Fires an event to the application's observers, on the calling thread. */
    public void tell(RunEvent event) {
        observers.fire(event);
    }

    /** Fires the event that a run is suspended to the application's observers. */
    public void tell(RunSuspended run) {
        suspended.fire(run);
    }

    public Flow flow() {
        return flow;
    }

    public LoadLimits load() {
        return load;
    }

    public HopEngine engine() {
        return engine;
    }

    /** Begins a hop of the flow that this application serves: see {@link HopEngine#begin(EntryEvent, HopEngine.Caller)}. */
    public BegunHop begin(EntryEvent event, HopEngine.Caller caller) {
        return engine.begin(event, caller);
    }

    /**
     * Begins a hop: see {@link HopEngine#begin(EntryEvent, Flow, HopEngine.Caller)}. Every event comes this way: from the beans
     * {@code Flows} and {@code ReactiveFlows}, from HTTP, from Lambda, and from a timer.
     */
    public BegunHop begin(EntryEvent event, Flow starts, HopEngine.Caller caller) {
        return engine.begin(event, starts, caller);
    }
}
