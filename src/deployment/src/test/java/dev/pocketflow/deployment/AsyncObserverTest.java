package dev.pocketflow.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.StepEvent;
import io.quarkus.test.QuarkusUnitTest;

/** Nobody tells an asynchronous observer. */
class AsyncObserverTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.of(StreamTest.Watched.class, Audit.class, Flows.class);

    @Singleton
    static class Audit {
        void emitted(@ObservesAsync StepEvent.Emitted event) {
            throw new IllegalStateException("nothing is emitted");
        }
    }

    static class Flows {
        @Produces
        Flow flow(StreamTest.Watched watched) {
            return Flow.named("served").node("watched", watched).build();
        }
    }

    @Test
    void nodes_areNotWatched() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200)
                .body("store.watched", equalTo(false));
    }
}
