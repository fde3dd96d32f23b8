package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The configuration that is read when a function starts. */
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowConfig {

    /**
     * The most steps of one run, at least 1. It stops an endless loop.
     */
    @WithDefault("10000")
    int maxSteps();

    /**
     * The time after which a run starts no further step and fails. A step in progress is limited by its own {@code @Timeout}.
     * Without this key the time of a run over HTTP is not limited. On AWS Lambda the time limit of the invocation always
     * applies in the same way.
     */
    Optional<Duration> timeout();

    /**
     * The way in which a run continues after its invocation: {@code local}, {@code caller}, {@code lambda}, {@code sqs} or
     * {@code http}. In dev and test the default is {@code local}. In production, without this key, a run must complete in its
     * invocation and fails when the platform's time is up. If a budget is spent or a {@code RemoteFlow} is reached without this
     * key, the caller gets the envelope.
     */
    Optional<HandOverConfig.Way> handOver();

    /**
     * The addresses of the flows that a {@code RemoteFlow} names, by flow name, as in {@code quarkus.pocketflow.remote.agent}.
     * An address is a Lambda function's name or ARN, the URL of a queue or a service, or {@code nested} for a flow of this
     * application. On Lambda the default is the function with the name of the flow. The environment variable of
     * {@code my-agent} is {@code QUARKUS_POCKETFLOW_REMOTE_MY_AGENT}.
     */
    @ConfigDocMapKey("flow")
    Map<String, String> remote();

    /**
     * The limits that end a hop or a run.
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
     * The timer that resumes a run that waits: {@code sqs}, {@code scheduler} or {@code process}. {@code sqs} sends delayed
     * messages to {@code quarkus.pocketflow.sqs.queue-url}. {@code scheduler} is EventBridge Scheduler, which invokes a Lambda
     * function; the AWS SDK's own settings apply. {@code process} is a timer that is lost when the process ends. The default is
     * {@code process} for the hand-over {@code local}, and {@code sqs} for {@code sqs}. For {@code lambda} it is {@code sqs} if
     * a queue is configured. For {@code caller} the outcome's {@code until} tells the caller when to resume.
     */
    Optional<HandOverConfig.Timer> timer();

    /**
     * The moments at which the ledger stores a run. {@code hop} stores the claim of a hop only: after a crash the hop runs
     * again from its beginning. {@code step} stores the run after every step and item: after a crash the run resumes behind the
     * last of them.
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
     * The status of a run over HTTP.
     */
    StatusConfig status();

    /**
     * Signals.
     */
    Signal signal();

    /**
     * Streams.
     */
    StreamConfig stream();

    /**
     * Requests in progress.
     */
    InFlightConfig inFlight();

    /**
     * The input of a flow that declares what it takes.
     */
    InputConfig input();

    /**
     * The answer of a flow that declares what it gives.
     */
    AnswerConfig answer();

    /**
     * The treatment of a run whose graph changed after the run began: {@code accept} resumes the run, {@code reject} refuses
     * it. A run whose position names a part of the graph that no longer exists is always refused.
     */
    @WithDefault("accept")
    Drift drift();

    /**
     * For tests: {@code every-step} passes each run through its sealed envelope after every step and item, like a hand-over.
     */
    @WithDefault("never")
    RoundTrip roundTrip();

    /**
     * The stand-ins that answer in place of services, by service, as in {@code quarkus.pocketflow.stand-ins.model}. A value is
     * the key that configures the real service, or {@code none} if the service is real. Dev Services set it for {@code model}
     * and for each {@code ServiceStandIn} of the application. Set it for stand-ins of your own. Runs are marked with it.
     */
    @ConfigDocMapKey("service")
    Map<String, String> standIns();

    /**
     * Lets a run that began with a real service continue with a stand-in, which invents its answers. Otherwise the run is
     * refused as {@code STAND_IN}.
     */
    @WithDefault("false")
    boolean resumeOnStandIns();

    /**
     * Fails a node that puts a value which a hop would lose or change: the value cannot be written as JSON, or differs when it
     * is read back. In dev and test the default is {@code true}. The check writes each value twice and reads it once.
     */
    @WithDefault("false")
    boolean checkValues();

    /**
     * Logging.
     */
    Log log();

    /** The treatment of a run whose graph has changed. */
    enum Drift {
        /** The run resumes. */
        ACCEPT,
        /** The run is refused. */
        REJECT
    }

    /** The moments at which a run is stored. */
    enum Checkpoint {
        /** When the run leaves the invocation. */
        HOP,
        /** After every step and item. */
        STEP
    }

    /** The moments at which a run passes through an envelope without need. */
    enum RoundTrip {
        /** Never. */
        NEVER,
        /** After every step and item. */
        EVERY_STEP
    }

    /** The token of a suspended run. */
    interface Signal {
        /**
         * Puts the token for the signal into the answer of a suspended run. With {@code false} only the observers of
         * {@code RunSuspended} get the token. Then the caller who starts a run can neither approve it nor resume it when its
         * signal expires. With {@code quarkus.pocketflow.hand-over=caller}, or without that key in production, nothing else
         * resumes it either, whatever {@code quarkus.pocketflow.timer} is: the edge {@code expired} is never taken.
         */
        @WithDefault("true")
        boolean tokenInAnswer();
    }

    /** The content of the log. */
    interface Log {
        /**
         * Logs each step in one line.
         */
        @WithDefault("true")
        boolean steps();

        /**
         * Logs the stack trace of a failure with the messages of its causes. These may hold texts of users or models. Without
         * it the trace has class names and frames only. In dev and test the default is {@code true}.
         */
        @WithDefault("false")
        boolean causes();

        /**
         * Logs the content of the store when a run ends, and the messages of causes as with {@code causes}. Use it for
         * debugging only: both may hold texts of users or models.
         */
        @WithDefault("false")
        boolean values();
    }
}
