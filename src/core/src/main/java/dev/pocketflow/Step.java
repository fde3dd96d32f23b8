package dev.pocketflow;

/**
 * A step of a flow, which a name refers to: a {@link Node}, a {@link BatchNode}, an {@link AsyncNode}, another {@link Flow}, a
 * {@link RemoteFlow}, a {@link Wait}, or an {@link Await}.
 *
 * <p>
 * A step is stateless: all runs and all threads share one instance, and it may have several names in several flows. A visit
 * must keep its data in the {@link Store}.
 */
public sealed interface Step permits Node, BatchNode, AsyncNode, Flow, RemoteFlow, Wait, Await {
}
