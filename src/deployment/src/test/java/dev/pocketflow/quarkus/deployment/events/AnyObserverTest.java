package dev.pocketflow.quarkus.deployment.events;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WatchedNode;
import io.quarkus.test.QuarkusUnitTest;

/** An observer with a qualifier that every event has. */
class AnyObserverTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(WatchedNode.class, Audit.class, Flows.class);

    @Singleton
    static class Audit {
        void emitted(@Observes @Any RunEvent.Emitted event) {
            throw new IllegalStateException("nothing is emitted");
        }
    }

    static class Flows {
        @Produces
        Flow flow(WatchedNode watched) {
            return Flow.named("served").node("watched", watched).build();
        }
    }

    @Test
    void nodes_areWatched() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200)
                .body("store.watched", equalTo(true));
    }
}
