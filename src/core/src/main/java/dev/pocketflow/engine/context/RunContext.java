package dev.pocketflow.engine.context;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.GraphNode;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.internal.json.RoundTripCheck;

/** The limits, cancellation, clock and listener of a run, for its visits. Shared by all parts of the run. */
public final class RunContext {

    private static final System.Logger LOG = System.getLogger("dev.pocketflow");

    public final StepPath path;
    /** The scope of the run's own thread; parallel parts have scopes below it. */
    public final CancellationScope scope;
    private final String id;
    private final int before; // the steps of the hops before
    private final Map<String, Double> usage;
    private volatile RunOptions options = RunOptions.DEFAULT;
    private volatile boolean moved; // this hop finished an item, or repeats a visit: it has made progress without a new step
    private volatile boolean leaving; // the run is to be handed over

    public RunContext(Envelope origin) {
        this.id = origin.run();
        this.before = origin.steps();
        this.path = new StepPath(origin.steps(), origin.path());
        this.scope = new CancellationScope(null);
        this.usage = new ConcurrentHashMap<>(origin.usage());
    }

    /** The same run, as an envelope of it was read. */
    public RunContext(Envelope read, RunContext run) {
        this.id = run.id;
        this.before = run.before;
        this.path = new StepPath(read.steps(), read.path());
        this.scope = run.scope;
        this.usage = run.usage;
        this.usage.putAll(read.usage());
        this.options = run.options;
        this.moved = run.moved;
    }

    public RunOptions options() {
        return options;
    }

    public void begin(RunOptions options) {
        this.options = options;
    }

    public Map<String, Double> usage() {
        return Map.copyOf(usage);
    }

    /** {@return whether the run is to be handed over} */
    public boolean isLeaving() {
        return leaving;
    }

    /**
     * Checks a value, if the run checks values.
     *
     * @param what the value's name in the message, such as {@code the result}
     * @throws FlowException if the value would be another one after a hop
     */
    public void check(Object value, JavaType type, String what) {
        if (!options.checkValues()) {
            return;
        }
        try {
            RoundTripCheck.check(value, type);
        } catch (RoundTripCheck.Changed e) {
            throw new FlowException(e.problem(what), e.outside() == null ? e.getCause() : null);
        }
    }

    /**
     * {@return whether to stop before the next step or item, which is this node's} A hop stops only after it has made progress.
     */
    public boolean due(GraphNode next, CancellationScope part) {
        if (options.everyStep() != null && part.moved) {
            return true;
        }
        if (options.handOver() == null || !moved && path.steps() <= before || !options.handOver().test(next)) {
            return false;
        }
        leaving = true;
        return true;
    }

    /** Lets a visit begin, and gives it its number. */
    public int admit(String flow, String node, CancellationScope part) {
        checkTime(flow, node, part);
        int sequence = part == scope ? path.begin(options.maxSteps()) : path.beginBeside(options.maxSteps());
        if (sequence == 0) {
            throw new FlowException.Stopped(flow, node, "because it has made its " + options.maxSteps()
                    + " steps. If the flow has no endless loop, raise the limit (Run.maxSteps, quarkus.pocketflow.max-steps)");
        }
        return sequence;
    }

    /** Admits the repetition of a failed visit. It keeps its number, and does not count as another step. */
    public int again(String flow, String node, CancellationScope part, int sequence) {
        checkTime(flow, node, part);
        moved = true;
        return sequence;
    }

    private void checkTime(String flow, String node, CancellationScope part) {
        check(flow, node, part);
        if (options.remaining() != null && options.remaining().get().compareTo(Duration.ZERO) <= 0) {
            throw new FlowException.Stopped(flow, node, "because the invocation's time is up");
        }
    }

    /** @throws FlowException.Stopped if the part or the run is to stop */
    public void check(String flow, String node, CancellationScope part) {
        if (part.cancelled()) {
            throw new FlowException.Stopped(flow, node,
                    scope.cancelled() ? FlowException.Stopped.CANCELLED : "because a part beside it failed");
        }
        String why = options.stop() == null ? null : options.stop().get();
        if (why != null) {
            throw new FlowException.Stopped(flow, node, why);
        }
    }

    public void itemFinished(CancellationScope part) {
        moved = true;
        part.moved = true;
    }

    public void finished(RunEvent.StepFinished step, CancellationScope part) {
        part.moved = true;
        if (options.withPath() && part == scope) {
            path.add(step);
        } else if (options.withPath()) {
            path.addBeside(step);
        }
        tell(step);
    }

    /** {@return whether the times of steps are measured} */
    public boolean timed() {
        return options.withPath() || options.listener() != null;
    }

    /** {@return nanoseconds since some moment; 0 if times are not measured} */
    public long now() {
        return timed() ? options.nanoTime().getAsLong() : 0;
    }

    public boolean listened() {
        return options.listener() != null;
    }

    public void tell(RunEvent event) {
        if (options.listener() == null) {
            return;
        }
        try {
            options.listener().accept(event);
        } catch (Throwable e) {
            Thrown.throwIfFatal(e);
            LOG.log(System.Logger.Level.WARNING, "run " + id() + ": a listener failed at " + place(event), e);
        }
    }

    private static String place(RunEvent event) {
        return event instanceof RunEvent.StepEvent step ? step.node() : "the event " + event.getClass().getSimpleName();
    }

    void use(String unit, double amount) {
        usage.merge(unit, amount, Double::sum);
    }

    public String id() {
        return id;
    }
}
