package dev.pocketflow;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.internal.json.RoundTripCheck;

/**
 * The root of the exceptions of flows. A message names the flow, the node and the correction. It holds nothing from the store,
 * so it may be shown to a caller. The messages of causes may hold anything. A message is one line of bounded length: characters
 * that break or hide in a line of a log are shown as escapes. A node may throw its own, with a message that is safe to show.
 */
public class FlowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Reports a failure with a message that is safe to show.
     *
     * @param message holds no store content, prompt or secret
     */
    public FlowException(String message) {
        super(LogText.message(message));
    }

    /**
     * Reports a failure with a message that is safe to show.
     *
     * @param message holds no store content, prompt or secret
     * @param cause the underlying failure; may be {@code null}
     */
    public FlowException(String message, @Nullable Throwable cause) {
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

        /** {@return the name of the missing key} */
        public String key() {
            return key;
        }
    }

    /** A value that cannot be read as its key's type, or cannot be written as JSON. */
    public static final class BadValue extends FlowException {
        private static final long serialVersionUID = 1;
        private final String key;
        private final boolean read;

        private BadValue(@Nullable Throwable cause, boolean read, String key, String message) {
            super(message, cause);
            this.key = key;
            this.read = read;
        }

        BadValue(Key<?> key, Object value, @Nullable String by, Throwable cause) {
            this(cause, true, key.name(), "store key '" + LogText.of(key.name()) + "' holds a " + value.getClass().getName()
                    + ", which cannot be read as " + key.type().toCanonical() + wayOut(by, cause));
        }

        private static String wayOut(@Nullable String by, Throwable cause) {
            if (cause.getCause() instanceof InvalidDefinitionException) { // the type is at fault, and not the value
                return ". Jackson knows no way to make one. Give the type a constructor for Jackson, or make it a record. A native "
                        + "executable has the constructors of types that a field or a method declares a key of, such as "
                        + "`static final Key<Note>`";
            }
            return by == null ? ". It came with the input or an envelope: change what is sent, or the key's type"
                    : ". It was put by " + by + ": put and read it by the same key";
        }

        /**
         * Reports a value that no envelope can carry.
         *
         * @param key the value's name
         * @param type the type in it that has no JSON, such as {@code java.lang.Object in}; may be empty
         * @param by the node that put it, as {@link Store#putBy} tells
         * @param cause Jackson's exception; may be {@code null}
         */
        public BadValue(String key, String type, Optional<String> by, @Nullable Throwable cause) {
            this(cause, false, key, type + "the value of store key '" + LogText.of(key) + "'"
                    + by.map(node -> ", put by " + node + ",").orElse("")
                    + " cannot be written as JSON. Put only JSON-shaped values, or types that Jackson can write");
        }

        /** Reports a value that an envelope would change. */
        static BadValue changed(String key, Object value, @Nullable Throwable cause) {
            return new BadValue(cause, false, key,
                    "the value of store key '" + LogText.of(key) + "', a " + value.getClass().getName()
                            + ", would be another one after a hop. " + RoundTripCheck.HOW_TO_KEEP);
        }

        /** Reports a value that no run can carry; the message is complete. */
        public BadValue(String key, String message) {
            this(null, false, key, message);
        }

        /** {@return the name of the value} */
        public String key() {
            return key;
        }

        /** {@return true if the value could not be read, false if it could not be written} */
        public boolean isRead() {
            return read;
        }
    }

    /** An input that does not suit the flow, thrown by a node that checks it. A run that changed nothing is then refused. */
    public static final class BadInput extends FlowException {
        private static final long serialVersionUID = 1;

        /** @param message the fault of the input and its correction; safe to show */
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

    /** A signal whose payload does not have the signal's type. The run continues to wait. */
    public static final class BadPayload extends FlowException {
        private static final long serialVersionUID = 1;

        public BadPayload(String run, Key<?> signal, @Nullable Throwable cause) {
            super("run " + run + ": the payload of signal '" + LogText.of(signal.name()) + "' cannot be read as "
                    + signal.type().toCanonical() + ". The signal was not taken: send it again with a payload of that type",
                    cause);
        }
    }

    /** A position that does not fit the flow: the flow lacks a part that the position names. */
    public static final class Drifted extends FlowException {
        private static final long serialVersionUID = 1;

        public Drifted(String flow, Collection<String> unresolved) {
            super("flow '" + flow + "' no longer has what the run stands on: " + LogText.join(unresolved)
                    + ". Put it back, or resume the run with the version it began with");
        }
    }

    /**
     * An action that its node does not declare, though it declares others. The run failed after the node's {@code post}.
     * Resumed on a graph with the edge, the run follows the action and does not visit the node again.
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

        /** {@return the name of the node's flow} */
        public String flow() {
            return flow;
        }

        /** {@return the node's name in that flow} */
        public String node() {
            return node;
        }
    }

    /** The failure of a node's phase, or of a flow's own function. The cause is the thrown exception. */
    public static final class StepFailed extends FlowException {
        private static final long serialVersionUID = 1;
        private final String flow;
        private final @Nullable String node;
        private final int item; // -1 outside a batch
        private final transient @Nullable List<FailedAttempt> attempts; // null after Java serialization
        private final boolean inExec;
        boolean untouched; // the run had changed nothing yet

        /** Wraps any exception, except those that are fatal to the virtual machine. Keeps the thread's interrupt. */
        public static StepFailed of(String flow, @Nullable String node, String phase, Throwable cause) {
            return of(flow, node, phase, cause, -1, List.of());
        }

        public static StepFailed of(String flow, @Nullable String node, String phase, Throwable cause, int item,
                List<FailedAttempt> attempts) {
            Thrown.throwIfFatal(cause);
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new StepFailed(flow, node, phase, cause, item, attempts);
        }

        private StepFailed(String flow, @Nullable String node, String phase, Throwable cause, int item,
                List<FailedAttempt> attempts) {
            super(where(flow, node) + ": " + phase + (item < 0 ? "" : " of item " + item) + " failed: "
                    + (cause instanceof FlowException ? Thrown.message(cause) : cause.getClass().getName()), cause);
            this.flow = flow;
            this.node = node;
            this.item = item;
            this.attempts = attempts;
            this.inExec = phase.startsWith("exec");
        }

        /** {@return true if {@code exec} failed, so that it can be repeated later; false for another phase} */
        public boolean isInExec() {
            return inExec;
        }

        /** {@return the index of the item whose {@code exec} failed, from 0; empty outside a batch} */
        public OptionalInt item() {
            return item < 0 ? OptionalInt.empty() : OptionalInt.of(item);
        }

        /**
         * {@return the last 20 failed attempts of the {@code exec} that failed the step, oldest first; in a batch, the attempts
         * of its item. Empty if another phase failed}
         */
        public List<FailedAttempt> attempts() {
            return attempts == null ? List.of() : attempts;
        }

        /**
         * {@return whether the input caused the failure, before any step changed the store}. The input then lacks a key that
         * a step read, has another type under it, or is a {@link BadInput}.
         */
        public boolean isBadInput() {
            return untouched && (getCause() instanceof MissingKey || getCause() instanceof BadInput
                    || getCause() instanceof BadValue value && value.isRead());
        }

        /** {@return the name of the innermost flow} */
        public String flow() {
            return flow;
        }

        /** {@return the node's name in that flow, or {@code null} if a flow's own function threw} */
        public @Nullable String node() {
            return node;
        }
    }

    /** The stop of a run or of a part of it: by its step limit, its time, {@link Run#cancel()}, or another part's failure. */
    public static final class Stopped extends FlowException {
        public static final String CANCELLED = "because it was cancelled";
        private static final long serialVersionUID = 1;
        private final String flow;
        private final @Nullable String node;

        public Stopped(String flow, @Nullable String node, String why) {
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
        public @Nullable String node() {
            return node;
        }
    }

    private static String where(String flow, @Nullable String node) {
        return "flow '" + flow + "'" + (node == null ? "" : ", node '" + node + "'");
    }
}
