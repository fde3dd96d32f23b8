package dev.pocketflow.quarkus.internal.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;

import org.jboss.logging.Logger;

import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.config.ConfigValidator;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.contract.ValueRules;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HandOverPlanner;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.HopServices;
import dev.pocketflow.quarkus.internal.engine.RequestContextExecutor;
import dev.pocketflow.quarkus.internal.engine.SettingsCheck;
import dev.pocketflow.quarkus.internal.engine.TimerWakeUp;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.RequestScope;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.load.LoadLimits;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.SignalExpiryCheck;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.status.OutcomeWatch;
import dev.pocketflow.quarkus.internal.status.RunStatusReader;
import dev.pocketflow.quarkus.internal.status.RunStatuses;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;
import dev.pocketflow.quarkus.internal.timer.ProcessTimer;
import dev.pocketflow.quarkus.internal.timer.WakeUpTimer;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.ImageMode;

/** Makes the engine of a function from its configuration. */
final class FunctionWiring {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.config");

    private final FlowFunction function;
    private final PocketFlowConfig config;
    private final Seal seal;
    private final InstantSource clock = InstantSource.system();

    FunctionWiring(FlowFunction function, PocketFlowConfig config, Seal seal) {
        this.function = function;
        this.config = config;
        this.seal = seal;
    }

    /** @throws IllegalArgumentException if the configuration cannot be used; the message names the key */
    void configure(SettingsCheck settings) {
        ConfigValidator.check(config);
        settings.all(config, function.flows()).forEach(LOG::warn);
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            function.contracts().requireConstructors(type -> type.getDeclaredConstructors().length > 0);
        }
        InstanceHandle<ValueRules> rules = Arc.container().instance(ValueRules.class);
        if (rules.isAvailable()) {
            function.contracts().enforce(rules.get());
        }
        LoadLimits load = LoadLimits.of(config.inFlight(), config.stream(), Runtime.getRuntime().maxMemory());
        function.configure(new HopEngine(function.flow(), function.times(), config, services()), load);
    }

    private HopServices services() {
        ClaimCheck claims = ServiceFactory.claimCheck(config.claimCheck());
        EnvelopeCodec envelopes = new EnvelopeCodec(config.envelope(), seal, claims, config.budget().hops(), clock);
        SignalTokens tokens = new SignalTokens(seal, claims, config.envelope().maxBytes());
        StepLog log = new StepLog(config.log());
        WakeUpTimer timer = ServiceFactory.timer(config, clock, () -> new ProcessTimer(clock, RequestContextExecutor.threads(),
                new TimerWakeUp(this::wake, FunctionWiring::later, log)));
        Ledger ledger = ServiceFactory.ledger(config, clock);
        if (!timer.isNone() && ledger.isNone()) {
            SignalExpiryCheck.refuse(function.flows().values());
        }
        HandOverPlanner planner = new HandOverPlanner(function.flows(), function.flow(), config, ServiceFactory.out(config),
                timer, envelopes, tokens);
        function.watch(statuses(ledger, tokens));
        return new HopServices(function.contracts(), planner, envelopes, tokens, ledger, ServiceFactory.park(config, seal), log,
                RequestContextExecutor::create, clock, function::tell, isWatched(), function::tell);
    }

    private RunStatuses statuses(Ledger ledger, SignalTokens tokens) {
        RunStatusReader reader = new RunStatusReader(ledger, seal);
        Executor threads = RequestContextExecutor.threads();
        return new RunStatuses(reader,
                new OutcomeWatch(reader::read, config.ledger().poll(), threads, FunctionWiring::later), tokens,
                config.status(), threads);
    }

    /** Ignores asynchronous observers: events are fired in the order of the steps. */
    private static boolean isWatched() {
        return Arc.container().beanManager()
                .resolveObserverMethods(new RunEvent.Emitted("", "", "", 0, OptionalInt.empty(), ""), Any.Literal.INSTANCE,
                        Default.Literal.INSTANCE)
                .stream().anyMatch(observer -> !observer.isAsync());
    }

    private HopResponse wake(EnvelopeTransport.Message message) {
        return RequestScope
                .call(() -> function.begin(new EntryEvent.ResumeRun(message.body()), HopEngine.Caller.PLAIN).start());
    }

    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, RequestContextExecutor.threads())
                .execute(task);
    }
}
