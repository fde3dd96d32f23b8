package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;

class RuntimeInitNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            ". If one of its nodes needs something that exists at run time only, make that node @ApplicationScoped: it is then "
                    + "created at its first use",
            Eager.class,
            Flows.class);

    @Singleton
    static class Eager implements Node<Void, Void> {
        @Inject
        Vertx vertx;
    }

    static class Flows {
        @Produces
        Flow flow(Eager node) {
            return Flow.named("flow").node("a", node).build();
        }
    }

    @Test
    void start_isRefused_forASingletonNodeThatNeedsTheRunningApplication() {
        TestApplication.started();
    }
}
