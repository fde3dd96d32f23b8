package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be changed when a function starts. */
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowConfig {

    /**
     * The most steps one run may make, at least 1: the guard against a loop that never leaves.
     */
    @WithDefault("10000")
    int maxSteps();

    /**
     * The time after which a run starts no further step, and fails. A step's own time is bounded by its {@code @Timeout}.
     * Without it, nothing limits a run over HTTP; on AWS Lambda, the time of the invocation always does, in the same way.
     */
    Optional<Duration> timeout();

    /**
     * How a run goes on where an invocation has to end: {@code local}, {@code caller}, {@code lambda}, {@code sqs} or
     * {@code http}. In
     * dev and test, {@code local} is the default. In production, without this key, a run ends with its invocation: it fails
     * where the
     * platform's time is up. Where a budget is spent or a {@code RemoteFlow} is reached all the same, the caller gets the
     * envelope.
     */
    Optional<HandOverConfig.Way> handOver();

    /**
     * The addresses of the flows that a {@code RemoteFlow} names, by their names, as in
     * {@code quarkus.pocketflow.remote.agent}: a Lambda function's name or ARN, the URL of a queue or a service, or
     * {@code nested} for a flow of this application. On Lambda, the default is the function that is named as its flow. The
     * environment variable of {@code my-agent} is {@code QUARKUS_POCKETFLOW_REMOTE_MY_AGENT}.
     */
    @ConfigDocMapKey("flow")
    Map<String, String> remote();

    /**
     * When an invocation hands over.
     */
    HandOverConfig.Budget budget();

    /**
     * The envelope.
     */
    EnvelopeConfig envelope();

    /**
     * AWS Lambda.
     */
    HandOverConfig.Lambda lambda();

    /**
     * Amazon SQS.
     */
    HandOverConfig.Sqs sqs();

    /**
     * EventBridge Scheduler.
     */
    HandOverConfig.Scheduler scheduler();

    /**
     * HTTP.
     */
    HandOverConfig.Http http();

    /**
     * The claim check.
     */
    HandOverConfig.Claims claimCheck();

    /**
     * What brings a run back that waits: {@code sqs} (delayed messages to {@code quarkus.pocketflow.sqs.queue-url}),
     * {@code scheduler} (EventBridge Scheduler, which invokes a Lambda function; the AWS SDK's own settings apply) or
     * {@code process} (a timer that ends with the process). By default {@code process} for {@code local}, {@code sqs} for
     * {@code sqs}, and for {@code lambda} where there is a queue; with {@code caller}, the outcome's {@code until} tells the
     * caller when.
     */
    Optional<HandOverConfig.Timer> timer();

    /**
     * What the ledger keeps of a hop while it works: {@code hop}, that it is worked on, so that a hop that broke down is done
     * again;
     * or {@code step}, the run after every step and item, so that it goes on behind the last of them.
     */
    @WithDefault("hop")
    Checkpoint checkpoint();

    /**
     * Failed runs.
     */
    ParkConfig park();

    /**
     * The ledger.
     */
    LedgerConfig ledger();

    /**
     * Signals.
     */
    Signal signal();

    /**
     * Streams.
     */
    StreamConfig stream();

    /**
     * Requests under way.
     */
    InFlightConfig inFlight();

    /**
     * Whether a run goes on where the graph has changed since it began and still has all that the run stands on: {@code accept}
     * or {@code reject}. A run that stands on what is gone is always refused.
     */
    @WithDefault("accept")
    Drift drift();

    /**
     * For tests: {@code every-step} takes each run through its sealed envelope after every step and item, as a hand-over would.
     */
    @WithDefault("never")
    RoundTrip roundTrip();

    /**
     * The stand-ins that answer here in place of services, by service, as in {@code quarkus.pocketflow.stand-ins.model}. A
     * value is the key that configures the real service, or {@code none} for a service that is real. Dev Services set it for
     * {@code model} and for each {@code ServiceStandIn} of the application. Set it for other stand-ins of your own. Runs are
     * marked with it.
     */
    @ConfigDocMapKey("service")
    Map<String, String> standIns();

    /**
     * Lets a run that began with a real service continue here with a stand-in, which invents what it answers. Otherwise the run
     * is refused as {@code STAND_IN}.
     */
    @WithDefault("false")
    boolean resumeOnStandIns();

    /**
     * Fails a node that puts a value which would not survive a hop: it cannot be written as JSON, or is another one
     * when it is read back. In dev and test, this is {@code true} by default. Each value is written twice and read once for it.
     */
    @WithDefault("false")
    boolean checkValues();

    /**
     * Logging.
     */
    Log log();

    /** What to do with a run whose graph has changed. */
    enum Drift {
        /** It goes on. */
        ACCEPT,
        /** It is refused. */
        REJECT
    }

    /** How often a run is kept. */
    enum Checkpoint {
        /** When it leaves. */
        HOP,
        /** After every step and item. */
        STEP
    }

    /** When runs go through an envelope that nothing needs. */
    enum RoundTrip {
        /** Never. */
        NEVER,
        /** After every step and item. */
        EVERY_STEP
    }

    /** What signals a suspended run. */
    interface Signal {
        /**
         * Whether the answer of a run that is suspended has the token that its signal has to come with. Without it, only who
         * observes {@code RunSuspended} gets the token: whoever starts a run cannot approve it, nor keep the time of a signal
         * that expires. With {@code quarkus.pocketflow.hand-over=caller}, or without that key in production, nobody keeps that
         * time then, whatever {@code quarkus.pocketflow.timer} is: the edge {@code expired} is never taken.
         */
        @WithDefault("true")
        boolean tokenInAnswer();
    }

    /** What is logged. */
    interface Log {
        /**
         * Whether each step is logged, in one line.
         */
        @WithDefault("true")
        boolean steps();

        /**
         * Logs the stack trace of a failure with the messages of its causes, which may hold anything that users
         * or models said. Without it, the trace has class names and frames. In dev and test, {@code true} is the default.
         */
        @WithDefault("false")
        boolean causes();

        /**
         * Logs the contents of the store when a run ends, and the messages of causes as with {@code causes}. For
         * debugging only: both may hold anything that users or models said.
         */
        @WithDefault("false")
        boolean values();
    }
}
