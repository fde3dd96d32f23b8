package dev.pocketflow;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JavaType;

/** One invocation's share of a run: from an envelope to the next, or to the end. */
final class Hop {

    private static final System.Logger LOG = System.getLogger(Hop.class.getPackageName());

    final Path path;
    private final Run run;
    private final Envelope origin;
    private final int before; // the steps of the hops before
    private final int changes; // of the store, before this hop
    private final List<Envelope.Frame> others; // of the functions that this one goes back to
    private final Map<String, Double> usage;
    private final Slot slot = new Slot(null);
    private volatile Walker walker;
    private volatile boolean moved; // by an item, or a visit that is made again
    private volatile boolean leaving; // the run is to be handed over

    /** @throws FlowException.Drifted if the flow does not have what the envelope's frames stand on */
    Hop(Run run, Envelope origin) {
        this.run = run;
        this.origin = origin;
        this.before = origin.steps();
        this.changes = origin.store().changes();
        this.others = List.copyOf(origin.position().subList(0, Math.max(0, origin.segment())));
        this.path = new Path(origin.steps(), origin.path());
        this.usage = new ConcurrentHashMap<>(origin.usage());
        this.walker = walker(origin.position());
    }

    private Walker walker(List<Envelope.Frame> position) {
        Store outer = others.isEmpty() ? origin.store() : origin.store().with(params());
        List<Envelope.Frame> own = position.subList(others.size(), position.size());
        if (!own.isEmpty()) {
            return Restored.walker(this, run.flow(), outer, own);
        } else if (!origin.flow().equals(run.flow().name())) {
            throw new FlowException.Drifted(run.flow().name(), List.of("flow '" + origin.flow() + "'"));
        }
        return new Walker(this, new Frame(null, run.flow(), outer, true), "", 0);
    }

    /** Those of the innermost iteration that led here: they are merged over the ones around it. */
    private Map<String, Object> params() {
        for (int i = others.size() - 1; i >= 0; i--) {
            if (others.get(i).loop() != null) {
                return others.get(i).params();
            }
        }
        return Map.of();
    }

    Envelope origin() {
        return origin;
    }

    Map<String, Double> usage() {
        return Map.copyOf(usage);
    }

    CompletionStage<?> pending() {
        return walker.pending();
    }

    void cancel() {
        slot.cancel();
        walker.cancelPending();
    }

    /** {@return the outcome; null where a stage is pending and this thread is not to wait for it} */
    Outcome walk(boolean waiting) {
        slot.enter();
        origin.store().check(run.checked);
        try {
            String action = walker.walk(slot, waiting);
            while (action == null && run.trip != null && !leaving && walker.isDue()) {
                Envelope stop = envelope(frames(), hop());
                goOn(stop, run.trip.apply(stop));
                action = walker.walk(slot, waiting);
            }
            if (action == null) {
                return walker.pending() == null ? left() : null;
            }
            return others.isEmpty() ? new Outcome.Completed(action, origin.store())
                    : new Outcome.HandedOver(envelope(back(action), hop() + 1));
        } catch (FlowException e) {
            if (e instanceof FlowException.StepFailed step) {
                step.untouched = origin.hop() == 0 && before == 0 && origin.store().changes() == changes;
            }
            return new Outcome.Failed(envelope(frames(), hop()), stopped(e)); // whoever takes it up takes up this hop
        } finally {
            origin.store().check(false);
            slot.leave();
        }
    }

    /** @param what such as {@code the result} */
    void check(Object value, JavaType type, String what) {
        if (run.checked) {
            ValueCheck.check(value, type, what);
        }
    }

    private Outcome left() {
        Envelope next = envelope(frames(), hop() + 1);
        Await await = awaits();
        return await == null ? new Outcome.HandedOver(next) : new Outcome.Suspended(next, await.signal());
    }

    /** {@return what the run stands waiting for; null where no signal is waited for, or it has come} */
    Await awaits() {
        Frame frame = walker.awaiting();
        return frame == null || frame.signalled != null ? null : (Await) frame.at.step();
    }

    /** {@return the frame, to give the signal to} */
    Frame awaiting() {
        return walker.awaiting();
    }

    private void goOn(Envelope stop, Envelope next) {
        slot.moved = false;
        if (next != stop) {
            origin.store().become(next.store());
            path.become(next.steps(), next.path());
            usage.putAll(next.usage());
            walker = walker(next.position());
        }
    }

    private List<Envelope.Frame> frames() {
        List<Envelope.Frame> frames = new ArrayList<>(others);
        frames.addAll(walker.position(run.flow().fingerprint(), !others.isEmpty()));
        return frames;
    }

    /** The caller's frames, its step answered. */
    private List<Envelope.Frame> back(String action) {
        List<Envelope.Frame> frames = new ArrayList<>(others);
        frames.add(frames.remove(frames.size() - 1).answered(action));
        return frames;
    }

    private int hop() {
        return origin.hop();
    }

    private Envelope envelope(List<Envelope.Frame> position, int hop) {
        return new Envelope(origin.run(), origin.flow(), hop, path.steps(), usage(), position, origin.store(),
                path.last());
    }

    /** A step that was interrupted by a cancellation is no failure of the step. */
    private FlowException stopped(FlowException e) {
        return slot.cancelled() && e instanceof FlowException.StepFailed step ? new FlowException.Stopped(step) : e;
    }

    /** {@return whether to stop before the next step or item, which is this node's} */
    boolean due(Flow.Vertex next, Slot part) {
        if (run.trip != null && part.moved) {
            return true;
        }
        if (run.due == null || !moved && path.steps() <= before || !run.due.test(next)) {
            return false;
        }
        leaving = true;
        return true;
    }

    /** Lets a visit begin, and gives it its number. */
    int admit(Flow current, Flow.Vertex vertex, Slot part) {
        checkTime(current, vertex, part);
        int sequence = part == slot ? path.begin(run.maxSteps) : path.beginBeside(run.maxSteps);
        if (sequence == 0) {
            throw new FlowException.Stopped(current.name(), vertex.name(), "because it has made its " + run.maxSteps
                    + " steps. If no loop runs wild here, raise the limit (Run.maxSteps, pocketflow.max-steps)");
        }
        return sequence;
    }

    /** Lets a visit that failed be made again: under its number, as no further step. */
    int again(Flow current, Flow.Vertex vertex, Slot part, int sequence) {
        checkTime(current, vertex, part);
        moved = true;
        return sequence;
    }

    private void checkTime(Flow current, Flow.Vertex vertex, Slot part) {
        check(current.name(), vertex.name(), part);
        if (run.remaining != null && run.remaining.get().compareTo(Duration.ZERO) <= 0) {
            throw new FlowException.Stopped(current.name(), vertex.name(), "because the invocation's time is up");
        }
    }

    /** Begins a {@link Wait} or an {@link Await}. */
    Envelope.Pause rest(Flow current, Flow.Vertex vertex, Slot part) {
        int sequence = admit(current, vertex, part);
        if (listened()) {
            tell(new StepEvent.Started(id(), current.name(), vertex.name(), sequence));
        }
        return pause(sequence, vertex.step() instanceof Await await ? await.expires() : ((Wait) vertex.step()).duration(), 0);
    }

    /** @param duration null for ever */
    Envelope.Pause pause(int sequence, Duration duration, int retries) {
        Instant now = run.now.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Envelope.Pause(sequence, now, duration == null ? null : now.plus(duration), retries);
    }

    boolean isOver(Envelope.Pause pause) {
        return pause.until() != null && !run.now.instant().isBefore(pause.until());
    }

    void rested(Flow current, Flow.Vertex vertex, Envelope.Pause pause, String action, Slot part) {
        long nanos = Math.max(0, ChronoUnit.NANOS.between(pause.since(), run.now.instant()));
        finished(new StepEvent.Finished(id(), current.name(), vertex.name(), pause.step(), action, nanos, 0, null), part);
    }

    /** Stops a part of the run that is no longer wanted. */
    void check(String current, String node, Slot part) {
        if (part.cancelled()) {
            throw new FlowException.Stopped(current, node,
                    slot.cancelled() ? FlowException.Stopped.CANCELLED : "because a part beside it failed");
        }
        String why = run.stop == null ? null : run.stop.get();
        if (why != null) {
            throw new FlowException.Stopped(current, node, why);
        }
    }

    void itemFinished(Slot part) {
        moved = true;
        part.moved = true;
    }

    void finished(StepEvent.Finished step, Slot part) {
        part.moved = true;
        if (run.withPath && part == slot) {
            path.add(step);
        } else if (run.withPath) {
            path.addBeside(step);
        }
        tell(step);
    }

    /** {@return whether anybody is to know of finished steps, and how long they took} */
    boolean timed() {
        return run.withPath || run.listener != null;
    }

    /** {@return nanoseconds since some moment; 0 where nobody is to know} */
    long now() {
        return timed() ? run.nanoTime.getAsLong() : 0;
    }

    boolean listened() {
        return run.listener != null;
    }

    void tell(StepEvent event) {
        if (run.listener == null) {
            return;
        }
        try {
            run.listener.accept(event);
        } catch (Throwable e) {
            FlowException.fatal(e);
            LOG.log(System.Logger.Level.WARNING, "run " + id() + ": a listener failed at " + event.node(), e);
        }
    }

    void use(String unit, double amount) {
        usage.merge(unit, amount, Double::sum);
    }

    String id() {
        return origin.run();
    }

    Run run() {
        return run;
    }
}
