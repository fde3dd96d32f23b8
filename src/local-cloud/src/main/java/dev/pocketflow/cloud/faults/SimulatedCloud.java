package dev.pocketflow.cloud.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.cloud.faults.FaultPlan.Fault;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.testing.FakeTime;

/**
 * Functions in this process, each behind a queue that delivers at least once, under a {@link FaultPlan}. It runs in virtual
 * time and on one thread, so a run can be repeated. A failed delivery is repeated, with the same id, after {@link #VISIBILITY}.
 * After too many failures the message is a dead letter. Not thread-safe.
 */
public final class SimulatedCloud {

    /** The time limit of a function. */
    public static final Duration TIME_LIMIT = Duration.ofMinutes(5);
    /** The time after which an unfinished message is delivered again. AWS advises more than the function's time limit. */
    public static final Duration VISIBILITY = Duration.ofMinutes(6);
    private static final int MOST_DELIVERIES = 6;
    private static final Duration MOST_DELAY = Duration.ofMinutes(10);

    /** A function of this process. */
    public interface Function {
        /**
         * Works on a delivery.
         *
         * @param event what was sent
         * @param id the same whenever the event is delivered
         * @param process the process that works on it, which may end at any point
         * @throws Exception if the delivery failed
         */
        void handle(byte[] event, String id, Process process) throws Exception;
    }

    /** The end of a process. Code that catches it must not continue. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String point) {
            super(point, null, false, false);
        }
    }

    /** A message that failed too often. */
    public record DeadLetter(String function, byte[] event, String id) {
    }

    private record Message(String function, byte[] event, String id, int deliveries) {
    }

    private final FaultPlan plan;
    private final FakeTime time;
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final Deque<Process> running = new ArrayDeque<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private int sent;

    /**
     * A cloud without functions.
     *
     * @param plan the faults
     * @param time the clock, which this cloud turns
     */
    public SimulatedCloud(FaultPlan plan, FakeTime time) {
        this.plan = plan;
        this.time = time;
    }

    /**
     * Deploys a function.
     *
     * @param name its name
     * @param function what handles its deliveries
     */
    public void deploy(String name, Function function) {
        functions.put(name, function);
    }

    /**
     * Sends an event.
     *
     * @param function the name of the function that handles it
     * @param event the event
     * @param delay the delay of the first delivery
     */
    public void send(String function, byte[] event, Duration delay) {
        Message message = new Message(function, event, "message-" + sent++, 0);
        schedule(message, delay);
        if (plan.strikes(Fault.DUPLICATE, "delivery")) {
            schedule(message, delay.plus(plan.some(MOST_DELAY)));
        }
    }

    private void schedule(Message message, Duration delay) {
        Duration late = plan.strikes(Fault.DELAY, "delivery") ? plan.some(MOST_DELAY) : Duration.ZERO;
        time.schedule(delay.plus(late), () -> deliver(message));
    }

    private void deliver(Message message) {
        Message next = new Message(message.function, message.event, message.id, message.deliveries + 1);
        Process process = new Process();
        running.push(process);
        boolean done = false;
        try {
            if (!plan.strikes(Fault.DROP, "delivery")) {
                functions.get(message.function).handle(message.event, message.id, process);
                done = !process.dead && !plan.strikes(Fault.DROP, "answer");
            }
        } catch (Exception | Killed failed) {
            // a failure, so it is delivered again
        } finally {
            running.pop();
        }
        if (!done && next.deliveries == MOST_DELIVERIES) {
            deadLetters.add(new DeadLetter(message.function, message.event, message.id));
        } else if (!done) {
            schedule(next, VISIBILITY);
        }
    }

    /** Advances the time until all deliveries are done. */
    public void settle() {
        while (time.timers() > 0) {
            time.advance(Duration.ofMinutes(1));
        }
    }

    /** {@return the dead letters since the last call, removed from here} */
    public List<DeadLetter> takeDeadLetters() {
        List<DeadLetter> taken = List.copyOf(deadLetters);
        deadLetters.clear();
        return taken;
    }

    /**
     * Sends a dead letter again, with its id.
     *
     * @param letter as it was taken
     */
    public void redrive(DeadLetter letter) {
        schedule(new Message(letter.function, letter.event, letter.id, 0), Duration.ZERO);
    }

    /** {@return the process that runs the calling code} */
    public Process current() {
        return running.element();
    }

    /** A process, for the time of one delivery. */
    public final class Process {
        private final java.time.Instant end = time.instant().plus(TIME_LIMIT);
        private boolean dead;

        private Process() {
        }

        /** {@return the remaining time of the time limit} */
        public Duration remaining() {
            return Duration.between(time.instant(), end);
        }

        /**
         * Marks a point at which the process may end, or pause while everything else continues.
         *
         * @param point its name
         */
        public void pass(String point) {
            if (dead || plan.strikes(Fault.KILL, point)) {
                dead = true;
                throw new Killed(point);
            }
            if (plan.strikes(Fault.PAUSE, point)) {
                time.advance(plan.some(TIME_LIMIT.multipliedBy(3)));
            }
        }
    }
}
