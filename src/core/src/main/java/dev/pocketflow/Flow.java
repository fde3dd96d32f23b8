package dev.pocketflow;

import java.lang.constant.Constable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.internal.Actions;

/**
 * An immutable, validated graph of named nodes. A flow can be a node of another flow. The other flow then routes its last
 * action.
 *
 * <pre>{@code
 * Flow agent = Flow.named("agent")
 *         .takes(QUESTION).gives(ANSWER, NOTES)
 *         .node("decide", decide).on("search", "search").on("answer", "answer")
 *         .node("search", search).then("decide")
 *         .node("answer", answer)
 *         .build();
 * }</pre>
 *
 * Thread-safe: one flow serves any number of runs at once.
 */
public final class Flow implements Step {

    private final String name;
    private final Map<String, GraphNode> nodes;
    private final List<Flow> branches;
    final @Nullable Function<Store, ? extends @Nullable Collection<? extends Map<String, ?>>> iterations;
    final int concurrency;
    final @Nullable BiFunction<Store, String, @Nullable String> after;
    private final String fingerprint;
    private final Optional<List<Key<?>>> takes;
    private final Optional<List<Key<?>>> gives;
    private final @Nullable String description; // null for none
    final @Nullable String away; // the part that cannot run in parallel with others; null without one
    volatile @Nullable Object compiled; // the engine's own form of this flow; null until it is first run

    Flow(Builder builder, Map<String, GraphNode> nodes, List<Flow> branches) {
        this.name = builder.name;
        this.nodes = nodes;
        this.branches = branches;
        this.iterations = builder.iterations;
        this.concurrency = builder.concurrency;
        this.after = builder.after;
        this.fingerprint = GraphFingerprint.of(this);
        this.takes = builder.takes;
        this.gives = builder.gives;
        this.description = builder.description;
        this.away = GraphRules.away(name, nodes.values());
    }

    /**
     * Begins a flow. The first node added is its start.
     *
     * @param name the flow's name, which stored positions refer to; not blank
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Makes a flow that runs other flows in parallel over one store. It ends with the action {@code default} when all of them
     * have ended. All branches run at once, as far as {@link Run#executor} has threads for them. The first failure interrupts
     * the others.
     *
     * @param name the flow's name; not blank
     * @param branches at least one, of different names
     * @return the flow
     * @throws FlowException.InvalidFlow if there are no branches, or two have the same name
     */
    public static Flow branches(String name, Flow... branches) {
        return new Flow(new Builder(name), Map.of(), GraphRules.parts(name, List.of(branches)));
    }

    /** {@return the flow's name} */
    public String name() {
        return name;
    }

    /** {@return the nodes by name, in the order they were added, the start first; empty for {@link #branches}} */
    public Map<String, GraphNode> nodes() {
        return nodes;
    }

    /** {@return the flows that run in parallel; empty unless this was made by {@link #branches(String, Flow...)}} */
    public List<Flow> branches() {
        return branches;
    }

    /** {@return a text of 22 characters that identifies the graph, by the names and kinds in it, not by classes} */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return the keys of its input, in order; empty if any input is accepted} */
    public Optional<List<Key<?>>> takes() {
        return takes;
    }

    /** {@return the keys of its answer, in order; empty if the answer is the whole store} */
    public Optional<List<Key<?>>> gives() {
        return gives;
    }

    /** {@return what the flow does, for people and models; empty if it does not say} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** {@return whether the graph runs once per params of {@link Builder#forEach}} */
    public boolean isBatch() {
        return iterations != null;
    }

    /**
     * Runs this flow to its end on the calling thread. {@link Run} adds a listener, limits, and the path.
     *
     * @param store the run's store
     * @return the outcome; a failing step is an {@link Outcome.Failed}, not an exception
     */
    public Outcome run(Store store) {
        return Run.of(this, store).start();
    }

    /**
     * Runs this flow to its end on another thread. No thread waits while an {@link AsyncNode} works.
     *
     * @param store the run's store
     * @return the outcome; cancelling the stage's future stops the run
     */
    public CompletionStage<Outcome> runAsync(Store store) {
        return Run.of(this, store).startAsync();
    }

    /** Collects a flow's nodes and edges; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder extends ContractBuilder<Builder> {
        private final GraphRules rules;
        @Nullable
        Function<Store, ? extends @Nullable Collection<? extends Map<String, ?>>> iterations;
        int concurrency = 1;
        private @Nullable BiFunction<Store, String, @Nullable String> after;

        private Builder(String name) {
            super(name);
            this.rules = new GraphRules(name);
        }

        /**
         * Adds a node. The next calls declare its edges.
         *
         * @param name its name in this flow; not blank, not used before
         * @param step the step; one step may have several names
         * @return this builder
         * @throws FlowException.InvalidFlow if the name is taken, or the step is a node whose class overrides none of
         *         {@code prep}, {@code exec} and {@code post}
         */
        public Builder node(String name, Step step) {
            rules.node(name, step);
            return this;
        }

        /**
         * Adds an edge of the last node added.
         *
         * @param action the action of {@code post} that takes it; {@code null} and {@code ""} are {@code default}
         * @param target the next node's name, which may be added later, or be the node itself
         * @return this builder
         * @throws FlowException.InvalidFlow if the action has an edge or ends the flow already, or no node was added yet
         */
        public Builder on(@Nullable String action, String target) {
            rules.on(Actions.of(action), target);
            return this;
        }

        /**
         * Adds an edge of the last node added, for an action that is an enum's constant: {@code post} returns its name. The
         * type is wider than {@link Enum}, so that {@code on(null, target)} means the text.
         *
         * @param action the constant
         * @param target the next node's name
         * @return this builder
         * @throws IllegalArgumentException if it is not an enum's constant
         * @throws FlowException.InvalidFlow as {@link #on(String, String)} does
         */
        public Builder on(Constable action, String target) {
            return on(Actions.name(action), target);
        }

        /**
         * Adds the edge for the action {@code default}.
         *
         * @param target the next node's name
         * @return this builder
         * @throws FlowException.InvalidFlow as {@link #on(String, String)} does
         */
        public Builder then(String target) {
            return on(Actions.DEFAULT, target);
        }

        /**
         * Declares an action of the last node added that ends the flow. A node without edges and ends ends the flow with any
         * action. At any other node, an action without an edge or an end fails the run.
         *
         * @param action what {@code post} returns; {@code null} and {@code ""} are {@code default}
         * @return this builder
         * @throws FlowException.InvalidFlow as {@link #on(String, String)} does
         */
        public Builder ends(@Nullable String action) {
            rules.ends(Actions.of(action));
            return this;
        }

        /**
         * Declares an action that ends the flow, as {@link #on(Constable, String)} does.
         *
         * @param action the constant
         * @return this builder
         */
        public Builder ends(Constable action) {
            return ends(Actions.name(action));
        }

        /**
         * Repeats the last node added if its {@code exec} fails. No process is needed until the repetition. A repetition
         * is the same visit again: it keeps its number and its key, and {@code prep} runs again. Finished items of a batch are
         * not repeated.
         *
         * @param delay the time before each repetition; more than zero
         * @param times the number of repetitions, at least 1; if the last one fails, the run fails
         * @return this builder
         * @throws FlowException.InvalidFlow if the last node added has no {@code exec}, or none was added yet
         */
        public Builder retryLater(Duration delay, int times) {
            Wait.positive(delay, "the delay of retryLater");
            if (times < 1) {
                throw new IllegalArgumentException("the times of retryLater must be at least 1, was " + times);
            }
            rules.retryLater(new GraphNode.RetryLater(delay, times));
            return this;
        }

        /**
         * Makes this a batch flow: the graph runs once for each item. Nodes read the item's entries as {@link Store#params()},
         * merged over the params of the outer flow. The action of the batch flow is {@code default}: the last actions of its
         * iterations are dropped.
         *
         * @param iterations reads the items from the store; {@code null} means no items
         * @return this builder
         */
        public Builder forEach(Function<Store, ? extends @Nullable Collection<? extends Map<String, ?>>> iterations) {
            this.iterations = Objects.requireNonNull(iterations, "iterations");
            return this;
        }

        /**
         * Sets the number of iterations of {@link #forEach} that may run at once. The default, 1, runs them in order.
         *
         * @param concurrency at least 1; {@link Integer#MAX_VALUE} for no limit
         * @return this builder
         */
        public Builder concurrency(int concurrency) {
            if (concurrency < 1) {
                throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
            }
            this.concurrency = concurrency;
            return this;
        }

        /**
         * Sets a function that runs when the flow has ended. It may rename the flow's action.
         *
         * @param after from the store and the last action to the flow's own; {@code null} is {@code default}
         * @return this builder
         */
        public Builder after(BiFunction<Store, String, @Nullable String> after) {
            this.after = Objects.requireNonNull(after, "after");
            return this;
        }

        /**
         * {@return the flow, whose graph is checked}
         *
         * @throws FlowException.InvalidFlow if it is empty, an edge leads nowhere, or a node cannot be reached
         */
        public Flow build() {
            return rules.flow(this);
        }
    }
}
