package dev.pocketflow.quarkus.deployment.events;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.StepEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** Nobody tells an asynchronous observer. */
class AsyncObserverTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(StreamTest.Watched.class, Audit.class, AnyObserverTest.Flows.class);

    @Singleton
    static class Audit {
        void emitted(@ObservesAsync StepEvent.Emitted event) {
            throw new IllegalStateException("nothing is emitted");
        }
    }

    @Test
    void nodes_areNotWatched() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200)
                .body("store.watched", equalTo(false));
    }
}
