package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.pocketflow.Flow;
import dev.pocketflow.StepEvent;
import dev.pocketflow.internal.Threads;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.PocketFlowConfig;
import dev.pocketflow.quarkus.RunSuspended;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.ExecutorRecorder;

/** The flow that this application serves. */
@Singleton
public class FlowFunction {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.config");

    private final Event<StepEvent> observers;
    private final Event<RunSuspended> suspended;
    private Map<String, Flow> flows;
    private Flow flow;
    private StepTimes times;
    private Engine engine;
    private Load load;

    FlowFunction(Event<StepEvent> observers, Event<RunSuspended> suspended) {
        this.observers = observers;
        this.suspended = suspended;
    }

    /** @param timeouts of the nodes' execs, in milliseconds, by class */
    void serve(Map<String, Flow> flows, Flow flow, Map<String, Long> timeouts) {
        this.flows = flows;
        this.flow = flow;
        this.times = new StepTimes(timeouts);
    }

    void configure(PocketFlowConfig config, Seal seal, SettingsCheck settings) {
        ConfigCheck.check(config);
        settings.all(config, flows).forEach(LOG::warn);
        load = Load.of(config.inFlight(), config.stream(), Runtime.getRuntime().maxMemory());
        InstantSource clock = InstantSource.system();
        ClaimCheck claims = Ways.claimCheck(config.claimCheck());
        Envelopes envelopes = new Envelopes(config.envelope(), seal, claims, config.budget().hops(), clock);
        Tokens tokens = new Tokens(seal, claims, config.envelope().maxBytes());
        StepLog log = new StepLog(config.log());
        Timer timer = Ways.timer(config, clock,
                () -> new ProcessTimer(clock, threads(), new Waker(this::woken, FlowFunction::later, log)));
        Ledger ledger = Ways.ledger(config, clock);
        if (timer != null && ledger == null) {
            Expiries.refuse(flows.values());
        }
        Dispatch dispatch = new Dispatch(flows, flow, config, Ways.out(config), timer, envelopes, tokens);
        engine = new Engine(flow, times, config, new Services(dispatch, envelopes, tokens, ledger,
                Ways.park(config, seal), log, () -> new RequestExecutor(threads()), clock,
                observers::fire, watching(), suspended::fire));
    }

    /** Asynchronous observers are not told: events are fired in the order of the steps. */
    private static boolean watching() {
        return Arc.container().beanManager()
                .resolveObserverMethods(new StepEvent.Emitted(null, null, null, 0, -1, null), Any.Literal.INSTANCE,
                        Default.Literal.INSTANCE)
                .stream().anyMatch(observer -> !observer.isAsync());
    }

    Flow flow() {
        return flow;
    }

    Load load() {
        return load;
    }

    Engine engine() {
        return engine;
    }

    /**
     * The work of this invocation, to be started on a thread where the invocation's request context is active.
     *
     * @param input no cancellation
     * @param platform what the platform leaves the invocation; null where it sets no limit
     * @param caller is told of every step; may be null
     * @throws EnvelopeRefused if the run that the event brings must not go on
     */
    Invocation invocation(Input input, Supplier<Duration> platform, Consumer<StepEvent> caller) {
        return engine.invocation(input, platform, caller);
    }

    private Answer woken(WayOut.Message message) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            return invocation(new Input(null, message.body(), null), null, null).start();
        } finally {
            request.terminate();
        }
    }

    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads()).execute(task);
    }

    static Executor threads() {
        return mayWait() ? Threads.shared() : ExecutorRecorder.getCurrent();
    }

    /** {@return whether the {@link #threads()} are virtual ones, which may as well wait as be given back} */
    static boolean mayWait() {
        return Runtime.version().feature() >= 21;
    }
}
