package dev.pocketflow.quarkus.deployment.doors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Produces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.doors.Door.Answer;
import dev.pocketflow.quarkus.deployment.doors.Door.Request;
import io.quarkus.test.QuarkusUnitTest;

/** An application that is reached by a server and by Lambda. */
final class DoorsApplication {

    static final QuarkusUnitTest APP = LambdaHandler.addTo(TestApplication.shared(
            List.of(DoorsTest.class, MutatedHttpEventsTest.class, StatusDoorsTest.class), DoorsApplication.class, Door.class,
            Request.class,
            Answer.class,
            LambdaHandler.class, Echo.class, Application.class)).overrideConfigKey("quarkus.pocketflow.flow", "main")
            .overrideConfigKey("quarkus.pocketflow.http.flows", "all")
            .overrideConfigKey("quarkus.pocketflow.answer.path", "false")
            .overrideConfigKey("quarkus.log.level", "WARN");

    static final ObjectMapper JSON = new ObjectMapper();

    static final Key<String> TEXT = Key.of("text", String.class);

    /** Records the names in the store that a run began with. */
    static class Echo implements Node<Void, Void> {
        static final ConcurrentLinkedQueue<Set<String>> BEGAN = new ConcurrentLinkedQueue<>();

        @Override
        public Void prep(Store shared) {
            BEGAN.add(shared.asMap().keySet());
            if (shared.find("fail").isPresent()) {
                throw new FlowException("it fails");
            }
            return null;
        }
    }

    static class Application {
        @Produces
        Flow main(Echo echo) {
            return Flow.named("main").takes(TEXT, Key.of("fail", Boolean.class).optional()).gives(TEXT).node("echo", echo)
                    .build();
        }

        @Produces
        Flow open(Echo echo) {
            return Flow.named("open").node("echo", echo).build();
        }

        @Produces
        Flow ask(Echo echo) {
            return Flow.named("ask").takes(TEXT).gives(TEXT).node("ask", Await.signal("approved")).on("yes", "echo").ends("no")
                    .node("echo", echo).build();
        }
    }

    private DoorsApplication() {
    }

    /** {@return the names of Lambda's doors: the application's own class loader has another enum} */
    static Stream<String> lambda() {
        return Stream.of(Door.values()).map(Enum::name).skip(1);
    }

    static Request post(String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return new Request("POST", path, body, all.toArray(String[]::new));
    }

    static JsonNode handle(Map<String, Object> event) throws Exception {
        return JSON.readTree(LambdaHandler.handle(60_000, Door.bytes(event)));
    }
}
