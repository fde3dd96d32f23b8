package dev.pocketflow.quarkus.deployment.stream;

import java.util.List;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WatchedNode;
import dev.pocketflow.quarkus.deployment.stream.ManyRequestsTest.Square;
import dev.pocketflow.quarkus.deployment.stream.StreamTest.Crowd;
import dev.pocketflow.quarkus.deployment.stream.StreamTest.Flood;
import dev.pocketflow.quarkus.deployment.stream.StreamTest.Hang;
import dev.pocketflow.quarkus.deployment.stream.StreamTest.Tokens;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** A flow with a branch for each test. {@code what} in the store selects the branch. */
final class StreamApplication {

    static final QuarkusUnitTest APP = TestApplication
            .shared(List.of(ManyRequestsTest.class, RequestContextTest.class, StreamTest.class), StreamApplication.class,
                    WatchedNode.class, ServerSentEvent.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "served");

    private StreamApplication() {
    }

    static class Choose implements Node<Void, Void> {
        @Override
        public String post(Store shared, Void prepared, Void result) {
            return (String) shared.find("what").orElse("square");
        }
    }

    /** An asynchronous observer, which is not notified of step events. */
    @Singleton
    static class Deaf {
        void emitted(@ObservesAsync RunEvent.Emitted event) {
            throw new IllegalStateException("nothing is emitted");
        }
    }

    static class Flows {
        @Produces
        Flow flow(Choose choose, Tokens tokens, WatchedNode watched, Crowd crowd, Hang hang, Flood flood, Square square,
                @Identifier("context") Flow context) {
            return Flow.named("served").node("choose", choose).on("tokens", "tokens").on("crowd", "crowd").on("hang", "hang")
                    .on("flood", "flood").on("watched", "watched").on("square", "square").on("context", "context")
                    .node("tokens", tokens).node("watched", watched).node("crowd", crowd).node("hang", hang)
                    .node("flood", flood).node("square", square).node("context", context).build();
        }
    }
}
