package dev.pocketflow.quarkus.deployment.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class RequestContextTest {

    private static final String EVENT = "{\"what\":\"context\"}";

    @RegisterExtension
    static final QuarkusUnitTest APP = StreamApplication.APP;

    @RequestScoped
    static class Ticket {
        static final Set<String> GIVEN_BACK = ConcurrentHashMap.newKeySet();
        private final String id = UUID.randomUUID().toString();

        String id() {
            if (GIVEN_BACK.contains(id)) {
                throw new IllegalStateException("the request is over");
            }
            return id;
        }

        @PreDestroy
        void giveBack() {
            GIVEN_BACK.add(id);
        }
    }

    static void add(Store shared, List<String> ids) {
        shared.update("ids", before -> {
            Set<Object> all = new HashSet<>(before == null ? List.of() : (Set<?>) before);
            all.addAll(ids);
            return all;
        });
    }

    static class Single implements Node<Void, String> {
        @Inject
        Ticket ticket;

        @Override
        public String exec(Void prepared) {
            return ticket.id();
        }

        @Override
        public String post(Store shared, Void prepared, String id) {
            add(shared, List.of(id, ticket.id()));
            return null;
        }
    }

    static class Parallel implements ParallelBatchNode<Integer, String> {
        @Inject
        Ticket ticket;

        @Override
        public List<Integer> prep(Store shared) {
            return List.of(1, 2, 3, 4, 5, 6, 7, 8);
        }

        @Override
        public String exec(Integer item) {
            return ticket.id();
        }

        @Override
        public String post(Store shared, List<Integer> items, List<String> ids) {
            add(shared, ids);
            return null;
        }
    }

    static class Later implements AsyncNode<Void, String> {
        @Inject
        Ticket ticket;

        @Override
        public CompletionStage<String> exec(Void prepared) {
            String id = ticket.id();
            return CompletableFuture.supplyAsync(() -> id); // completes on a thread without a request
        }

        @Override
        public String post(Store shared, Void prepared, String id) {
            add(shared, List.of(id, ticket.id()));
            return null;
        }
    }

    static class Flows {
        @Produces
        @Identifier("context")
        Flow context(Single single, Parallel parallel, Later later) {
            Flow one = Flow.named("one").node("later", later).build();
            Flow other = Flow.named("other").node("single", single).build();
            return Flow.named("context").node("first", single).then("parallel").node("parallel", parallel).then("later")
                    .node("later", later).then("branches").node("branches", Flow.branches("both", one, other)).then("last")
                    .node("last", single).build();
        }
    }

    @Test
    void run_hasOneRequestContext_onAllItsThreads() {
        assertOneEach(() -> given().contentType("application/json").body(EVENT).post("/").then().statusCode(200).extract()
                .path("store.ids"));
    }

    @Test
    void streamedRun_hasOneRequestContext_onAllItsThreads() {
        assertOneEach(() -> {
            List<ServerSentEvent> events = ServerSentEvent.post(EVENT);
            assertThat(events.get(events.size() - 1).data().get("status")).isEqualTo("completed");
            return events.get(events.size() - 1).path().getList("store.ids");
        });
    }

    private static void assertOneEach(Supplier<List<String>> post) {
        List<String> first = post.get();
        List<String> second = post.get();
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1).isNotEqualTo(first);
        assertThat(Ticket.GIVEN_BACK).contains(first.get(0));
    }
}
