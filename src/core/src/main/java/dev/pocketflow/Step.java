package dev.pocketflow;

/**
 * What a name in a flow can stand for: a {@link Node}, a {@link BatchNode}, an {@link AsyncNode}, another {@link Flow}, a
 * {@link RemoteFlow}, a {@link Wait}, or an {@link Await}.
 *
 * <p>
 * A step is stateless: one instance is shared by all runs and all threads, and may stand in several places of several flows.
 * What a visit must remember goes into the {@link Store}.
 */
public sealed interface Step permits Node, BatchNode, AsyncNode, Flow, RemoteFlow, Wait, Await {
}
