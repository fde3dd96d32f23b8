package dev.pocketflow;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.internal.json.RoundTripCheck;

/**
 * The root of what goes wrong with a flow. Messages name the flow, the node and the way out, and hold nothing from the store,
 * so they may be shown to a caller; messages of causes may hold anything. A message is one line of bounded length: what would
 * break the line of a log, or hide in it, is shown as an escape.
 *
 * <p>
 * A node may throw its own, with a message that is safe to show.
 */
public class FlowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A failure with a message that is safe to show.
     *
     * @param message without store contents, prompts or secrets
     */
    public FlowException(String message) {
        super(LogText.message(message));
    }

    /**
     * A failure with a message that is safe to show.
     *
     * @param message without store contents, prompts or secrets
     * @param cause what went wrong below; may be {@code null}
     */
    public FlowException(String message, Throwable cause) {
        super(LogText.message(message), cause);
    }

    /** A graph that {@link Flow.Builder#build()} refuses. */
    public static final class InvalidFlow extends FlowException {
        private static final long serialVersionUID = 1;

        InvalidFlow(String flow, String problem, String fix) {
            super("flow '" + flow + "': " + problem + ". " + fix);
        }
    }

    /** A read of a key that the store does not have. */
    public static final class MissingKey extends FlowException {
        private static final long serialVersionUID = 1;
        private final String key;

        MissingKey(String key, Collection<String> known) {
            super("the store has no key '" + LogText.of(key) + "'; it has " + LogText.list(known)
                    + ". Put it before this step, read it with find(...), or give its key a default with defaultTo(...)");
            this.key = key;
        }

        /** {@return the name that was asked for} */
        public String key() {
            return key;
        }
    }

    /** A value that cannot be read as the type its key names, or not be written as JSON. */
    public static final class BadValue extends FlowException {
        private static final long serialVersionUID = 1;
        private final String key;
        private final boolean read;

        private BadValue(Throwable cause, boolean read, String key, String message) {
            super(message, cause);
            this.key = key;
            this.read = read;
        }

        BadValue(Key<?> key, Object value, String by, Throwable cause) {
            this(cause, true, key.name(), "store key '" + LogText.of(key.name()) + "' holds a " + value.getClass().getName()
                    + ", which cannot be read as " + key.type().toCanonical()
                    + (by == null ? ". It came with the input or an envelope: change what is sent, or the key's type"
                            : ". It was put by " + by + ": put and read it by the same key"));
        }

        /**
         * For a value that no envelope can carry.
         *
         * @param key the value's name
         * @param type in it, that has no JSON, such as {@code java.lang.Object in}; may be empty
         * @param by the node that put it, as {@link Store#putBy} tells
         * @param cause what Jackson says; may be {@code null}
         */
        public BadValue(String key, String type, Optional<String> by, Throwable cause) {
            this(cause, false, key, type + "the value of store key '" + LogText.of(key) + "'"
                    + by.map(node -> ", put by " + node + ",").orElse("")
                    + " cannot be written as JSON. Put only JSON-shaped values, or types that Jackson can write");
        }

        /** For a value that an envelope would carry, but not as it is. */
        static BadValue changed(String key, Object value, Throwable cause) {
            return new BadValue(cause, false, key,
                    "the value of store key '" + LogText.of(key) + "', a " + value.getClass().getName()
                            + ", would be another one after a hop. " + RoundTripCheck.HOW_TO_KEEP);
        }

        /** For a value that no run can carry; the message is whole. */
        public BadValue(String key, String message) {
            this(null, false, key, message);
        }

        /** {@return the name that was read or written} */
        public String key() {
            return key;
        }

        /** {@return whether the value could not be read; else it could not be written} */
        public boolean isRead() {
            return read;
        }
    }

    /** An input that the flow cannot work with, thrown by nodes that check it: a run that changed nothing is then refused. */
    public static final class BadInput extends FlowException {
        private static final long serialVersionUID = 1;

        /** @param message what is wrong with the input, and what would be right; safe to show */
        public BadInput(String message) {
            super(message);
        }
    }

    /** A signal that a run does not wait for. */
    public static final class UnexpectedSignal extends FlowException {
        private static final long serialVersionUID = 1;

        public UnexpectedSignal(String run, String problem) {
            super("run " + run + " " + problem);
        }
    }

    /** A signal whose payload is not of the type that the signal has. The run waits on. */
    public static final class BadPayload extends FlowException {
        private static final long serialVersionUID = 1;

        public BadPayload(String run, Key<?> signal, Throwable cause) {
            super("run " + run + ": the payload of signal '" + LogText.of(signal.name()) + "' cannot be read as "
                    + signal.type().toCanonical() + ". The signal was not taken: send it again with a payload of that type",
                    cause);
        }
    }

    /** A position that cannot be put back onto the flow: something it stands on is no longer there. */
    public static final class Drifted extends FlowException {
        private static final long serialVersionUID = 1;

        public Drifted(String flow, Collection<String> unresolved) {
            super("flow '" + flow + "' no longer has what the run stands on: " + LogText.join(unresolved)
                    + ". Put it back, or resume the run with the version it began with");
        }
    }

    /**
     * An action that its node does not declare, though it declares others. The run has failed there, behind the node's
     * {@code post}: resumed on a graph that has the edge, it follows the action, and does not visit the node again.
     */
    public static final class UndeclaredAction extends FlowException {
        private static final long serialVersionUID = 1;
        private final String flow;
        private final String node;

        public UndeclaredAction(String flow, GraphNode at, String action) {
            super(where(flow, at.name()) + ": action '" + LogText.of(action) + "' has no edge ("
                    + (at.edges().isEmpty() ? "" : "edges: " + LogText.list(at.edges().keySet()))
                    + (at.edges().isEmpty() || at.ends().isEmpty() ? "" : ", ")
                    + (at.ends().isEmpty() ? "" : "ends: " + LogText.list(at.ends()))
                    + "). If the flow should end here, declare ends(\"" + LogText.of(action) + "\")");
            this.flow = flow;
            this.node = at.name();
        }

        /** {@return the name of the flow whose node it is} */
        public String flow() {
            return flow;
        }

        /** {@return the node's name in that flow} */
        public String node() {
            return node;
        }
    }

    /** A node's phase, or a flow's own function, that threw; the cause is what it threw. */
    public static final class StepFailed extends FlowException {
        private static final long serialVersionUID = 1;
        private final String flow;
        private final String node;
        private final int item; // -1 outside a batch
        private final transient List<FailedAttempt> attempts;
        private final boolean inExec;
        boolean untouched; // the run had changed nothing yet

        /** For whatever was thrown, except what is fatal to the virtual machine. Keeps the thread's interrupt. */
        public static StepFailed of(String flow, String node, String phase, Throwable cause) {
            return of(flow, node, phase, cause, -1, List.of());
        }

        public static StepFailed of(String flow, String node, String phase, Throwable cause, int item,
                List<FailedAttempt> attempts) {
            Thrown.throwIfFatal(cause);
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new StepFailed(flow, node, phase, cause, item, attempts);
        }

        private StepFailed(String flow, String node, String phase, Throwable cause, int item, List<FailedAttempt> attempts) {
            super(where(flow, node) + ": " + phase + (item < 0 ? "" : " of item " + item) + " failed: "
                    + (cause instanceof FlowException ? Thrown.message(cause) : cause.getClass().getName()), cause);
            this.flow = flow;
            this.node = node;
            this.item = item;
            this.attempts = attempts;
            this.inExec = phase.startsWith("exec");
        }

        /** {@return whether {@code exec} failed, so that it can be repeated later; else another phase did} */
        public boolean isInExec() {
            return inExec;
        }

        /** {@return the index of the item whose {@code exec} failed, from 0; empty outside a batch} */
        public OptionalInt item() {
            return item < 0 ? OptionalInt.empty() : OptionalInt.of(item);
        }

        /**
         * {@return the last 20 failed attempts of the {@code exec} that failed the step, oldest first: of a batch those of the
         * one item. None where another phase failed}
         */
        public List<FailedAttempt> attempts() {
            return attempts == null ? List.of() : attempts;
        }

        /**
         * {@return whether the input is at fault: it lacks a key that was read, has another type under it, or is a
         * {@link BadInput}; and no step had changed the store}
         */
        public boolean isBadInput() {
            return untouched && (getCause() instanceof MissingKey || getCause() instanceof BadInput
                    || getCause() instanceof BadValue value && value.isRead());
        }

        /** {@return the name of the innermost flow} */
        public String flow() {
            return flow;
        }

        /** {@return the node's name in that flow, or {@code null} where a flow's own function threw} */
        public String node() {
            return node;
        }
    }

    /** A run, or a part of it, that was stopped: by its step limit, its time, {@link Run#cancel()}, or a failure beside it. */
    public static final class Stopped extends FlowException {
        public static final String CANCELLED = "because it was cancelled";
        private static final long serialVersionUID = 1;
        private final String flow;
        private final String node;

        public Stopped(String flow, String node, String why) {
            super(where(flow, node) + ": the run stopped here, " + why);
            this.flow = flow;
            this.node = node;
        }

        public Stopped(StepFailed cancelled) {
            this(cancelled.flow, cancelled.node, CANCELLED);
            initCause(cancelled);
        }

        /** {@return the name of the innermost flow} */
        public String flow() {
            return flow;
        }

        /** {@return the node that is next, or was interrupted; {@code null} in a flow's own function} */
        public String node() {
            return node;
        }
    }

    private static String where(String flow, String node) {
        return "flow '" + flow + "'" + (node == null ? "" : ", node '" + node + "'");
    }
}
