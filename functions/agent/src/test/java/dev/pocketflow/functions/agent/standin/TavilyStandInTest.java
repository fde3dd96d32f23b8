package dev.pocketflow.functions.agent.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.testing.http.LoopbackServer;

class TavilyStandInTest {

    private final TavilyStandIn standIn = new TavilyStandIn();
    private final LoopbackServer server = LoopbackServer.start(0, "search", standIn.handler("""
            [{"title": "Lambda limits", "url": "https://a.example", "content": "An asynchronous payload may have 1 MB."},
             {"title": "Knative", "url": "https://b.example", "content": "Services scale to zero when idle."},
             {"title": "Scaling", "url": "https://c.example", "content": "Scaling to zero means zero costs when idle, zero."}]
            """));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bestPagesFirst_forAQuery() throws Exception {
        JsonNode answer = json(post("/search", "Bearer key", "{\"query\":\"scaled to zero\",\"max_results\":2}"));
        assertThat(answer.path("query").asText()).isEqualTo("scaled to zero");
        assertThat(answer.path("results").findValuesAsText("url")).containsExactly("https://c.example", "https://b.example");
        assertThat(answer.path("results").get(0).path("score").asDouble()).isPositive();
    }

    @Test
    void resultsAreAtMostAsManyAsAskedFor() throws Exception {
        assertThat(json(post("/search", "Bearer key", "{\"query\":\"zero\",\"max_results\":1}")).path("results")).hasSize(1);
        assertThat(json(post("/search", "Bearer key", "{\"query\":\"zero\",\"max_results\":-1}")).path("results")).isEmpty();
    }

    @Test
    void noResults_forWordsNoPageHas() throws Exception {
        assertThat(json(post("/search", "Bearer key", "{\"query\":\"zebra\"}")).path("results")).isEmpty();
        assertThat(json(post("/search", "Bearer key", "{\"query\":\"the (\"}")).path("results")).isEmpty();
    }

    @Test
    void refusalIsLikeTavilys_forABadRequest() throws Exception {
        assertThat(post("/search", null, "{\"query\":\"x\"}").statusCode()).isEqualTo(401);
        assertThat(post("/search", "Bearer key", "{}").statusCode()).isEqualTo(400);
        assertThat(post("/search", "Bearer key", "{").statusCode()).isEqualTo(400);
        assertThat(post("/other", "Bearer key", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void errorNamesThePage_whenThePagesAreWrong() {
        assertThatThrownBy(() -> standIn.handler("[{\"title\": \"a\", \"url\": \"b\"}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("search-pages.json: page 1 needs title, url and content");
        assertThatThrownBy(() -> standIn.handler("{\"title\": \"a\"}")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("search-pages.json is not a list of pages");
    }

    private HttpResponse<String> post(String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server.authority() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
