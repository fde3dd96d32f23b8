package dev.pocketflow.quarkus.deployment.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WatchedNode;
import io.quarkus.test.QuarkusUnitTest;

class ObserverTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, WatchedNode.class, Audit.class, Flows.class,
            ServerSentEvent.class);

    @Singleton
    static class Audit {
        final List<String> nodes = new CopyOnWriteArrayList<>();
        final List<RunEvent> ends = new CopyOnWriteArrayList<>();

        void finished(@Observes @Priority(1) RunEvent.StepFinished step) {
            nodes.add(step.node());
        }

        void ended(@Observes @Priority(1) RunEvent.Ended run) {
            ends.add(run);
        }

        void broken(@Observes @Priority(2) RunEvent any) {
            throw new IllegalStateException("an observer that fails");
        }
    }

    static class Flows {
        @Produces
        Flow flow(SayNode say, WatchedNode watched) {
            return Flow.named("served").node("a", say).then("b").node("b", watched).build();
        }
    }

    @Inject
    Audit audit;

    @Test
    void observers_seeEveryStep() {
        audit.nodes.clear();
        given().contentType("application/json").body("{}").post("/").then().statusCode(200);
        assertThat(audit.nodes).containsExactly("a", "b");
    }

    @Test
    void observers_seeHowTheRunEnded() {
        audit.ends.clear();
        given().contentType("application/json").body("{}").post("/").then().statusCode(200);
        assertThat(audit.ends).hasExactlyElementsOfTypes(RunEvent.Completed.class);
    }

    @Test
    void nodes_areWatched_withAnObserverOfAllEvents() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200)
                .body("store.watched", equalTo(true));
    }

    @Test
    void run_continues_whenAnObserverFails() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(200)
                .body("path.node", equalTo(List.of("a", "b")));
    }

    @Test
    void stream_isComplete_whenAnObserverFails() {
        assertThat(ServerSentEvent.post("{}")).hasToString("[started a, finished a, started b, finished b, outcome]");
    }
}
