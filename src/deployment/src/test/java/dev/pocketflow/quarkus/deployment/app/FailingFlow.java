package dev.pocketflow.quarkus.deployment.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Nodes that fail as the store asks, with a secret in the store and in their exceptions. */
public final class FailingFlow {

    public static final String SECRET = "S3CRET";

    private FailingFlow() {
    }

    public static final Class<?>[] CLASSES = { FailingFlow.class, Route.class, Fails.class, Async.class, Loops.class,
            Unwritable.class,
            Mute.class, Flows.class, ServerSentEvent.class };

    public static class Route implements Node<Void, Void> {
        @Override
        public String post(Store shared, Void prepared, Void result) {
            shared.put("secret", SECRET);
            return (String) shared.get("how");
        }
    }

    public static class Fails implements Node<String, Void> {
        @Override
        public String prep(Store shared) {
            return (String) shared.get("how");
        }

        @Override
        public Void exec(String how) {
            switch (how) {
                case "exception" -> throw new IllegalArgumentException(SECRET, new IllegalStateException(SECRET));
                case "error" -> throw new AssertionError(SECRET);
                case "memory" -> throw new OutOfMemoryError(SECRET);
                case "overflow" -> exec(how + "");
                default -> throw new FlowException("safe to show", new IllegalStateException(SECRET));
            }
            return null;
        }
    }

    public static class Async implements AsyncNode<Void, Void> {
        @Override
        public CompletionStage<Void> exec(Void prepared) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(SECRET));
        }
    }

    public static class Loops implements Node<Void, Void> {
        @Override
        public String post(Store shared, Void prepared, Void result) {
            return "again";
        }
    }

    public static class Unwritable implements Node<Void, Void> {
        @Override
        public String post(Store shared, Void prepared, Void result) {
            shared.put("fine", 1);
            shared.put("mute", new Mute());
            return null;
        }
    }

    /** A value that cannot be printed. */
    public static class Mute {
        public String getText() {
            throw new IllegalStateException(SECRET);
        }
    }

    public static class Flows {
        @Produces
        Flow flow(Route route, Fails fails, Async async, Loops loops, Unwritable unwritable) {
            Flow iterates = Flow.named("iterates").node("never", route).forEach(Flows::failing).build();
            return Flow.named("bad").node("route", route).on("exception", "fails").on("error", "fails").on("memory", "fails")
                    .on("overflow", "fails").on("flow", "fails").on("async", "async").on("loop", "loops")
                    .on("unwritable", "unwritable").on("iterate", "iterates").ends("well").node("fails", fails)
                    .node("async", async).node("loops", loops).on("again", "loops").node("unwritable", unwritable)
                    .node("iterates", iterates).build();
        }

        private static List<Map<String, Object>> failing(Store shared) {
            throw new AssertionError(SECRET);
        }
    }
}
