package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class GraphTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, Batch.class, Parallel.class, Later.class, Flows.class);

    static class Batch implements BatchNode<Integer, Integer> {
        @Override
        public Integer exec(Integer item) {
            return item;
        }
    }

    static class Parallel implements ParallelBatchNode<Integer, Integer> {
        @Override
        public Integer exec(Integer item) {
            return item;
        }
    }

    static class Later implements AsyncNode<Integer, Integer> {
        @Override
        public CompletionStage<Integer> exec(Integer prepared) {
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow flow(SayNode say, Batch batch, Parallel parallel, Later later) {
            Flow each = Flow.named("each").node("batch", batch).then("parallel").node("parallel", parallel)
                    .forEach(store -> List.of()).build();
            Flow aside = Flow.named("aside").node("later", later).build();
            return Flow.named("the \"whole\"").node("say \"hi\" [now] & <then>", say).on("go", "both").on("on|on", "each")
                    .ends("stop").ends("halt").node("both", Flow.branches("gather", aside, each)).then("each")
                    .node("each", each).then("say \"hi\" [now] & <then>").build();
        }
    }

    @Test
    void graph_isAnswered_asJson() {
        Map<String, Object> each = Map.of("name", "each", "batch", true, "start", "batch", "nodes", List.of(
                Map.of("name", "batch", "kind", "batch", "edges", Map.of("default", "parallel"), "ends", List.of()),
                Map.of("name", "parallel", "kind", "parallel-batch", "edges", Map.of(), "ends", List.of())));
        Map<String, Object> aside = Map.of("name", "aside", "start", "later", "nodes",
                List.of(Map.of("name", "later", "kind", "async", "edges", Map.of(), "ends", List.of())));
        for (String accept : List.of("*/*", "application/json")) {
            Map<String, Object> graph = given().header("Accept", accept).get("/flow").then().statusCode(200)
                    .contentType("application/json").extract().path("");
            assertThat(graph).isEqualTo(Map.of("name", "the \"whole\"", "start", "say \"hi\" [now] & <then>", "nodes", List.of(
                    Map.of("name", "say \"hi\" [now] & <then>", "kind", "node", "edges", Map.of("go", "both", "on|on", "each"),
                            "ends", List.of("stop", "halt")),
                    Map.of("name", "both", "kind", "flow", "edges", Map.of("default", "each"), "ends", List.of(), "flow",
                            Map.of("name", "gather", "branches", List.of(aside, each))),
                    Map.of("name", "each", "kind", "flow", "edges", Map.of("default", "say \"hi\" [now] & <then>"), "ends",
                            List.of(), "flow", each))));
        }
    }

    @Test
    void graph_isAnswered_asMermaid() {
        String chart = given().header("Accept", "text/vnd.mermaid").get("/flow").then().statusCode(200)
                .contentType(containsString("text/vnd.mermaid")).extract().asString();
        assertThat(chart).isEqualTo("""
                flowchart TD
                    n_0["say &quot;hi&quot; [now] &amp; &lt;then>"]
                    subgraph n_1["both"]
                        subgraph n_1_0["aside"]
                            n_1_0_0["later"]
                        end
                        subgraph n_1_1["each"]
                            n_1_1_0["batch"]
                            n_1_1_1["parallel"]
                            n_1_1_0 --> n_1_1_1
                        end
                    end
                    subgraph n_2["each"]
                        n_2_0["batch"]
                        n_2_1["parallel"]
                        n_2_0 --> n_2_1
                    end
                    n_0 -->|"go"| n_1
                    n_0 -->|"on|on"| n_2
                    n_0 -->|"stop"| n_0_end([end])
                    n_0 -->|"halt"| n_0_end([end])
                    n_1 --> n_2
                    n_2 --> n_0
                """);
    }

    @Test
    void otherForms_areRefused() {
        given().header("Accept", "image/png").get("/flow").then().statusCode(406)
                .contentType("application/problem+json")
                .body("detail", equalTo(
                        "the answer is one of [application/json, text/vnd.mermaid, application/schema+json]. Accept one of them"));
    }
}
