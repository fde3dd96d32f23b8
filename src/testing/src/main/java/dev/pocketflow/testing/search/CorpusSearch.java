package dev.pocketflow.testing.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.testing.http.LoopbackServer;

/**
 * A web search that speaks Tavily's HTTP API (<a href="https://docs.tavily.com">documentation</a>, {@code POST /search}) on
 * 127.0.0.1, and searches a small corpus for real. Thread-safe; who starts it closes it.
 * <p>
 * A corpus is a YAML list of pages, each with {@code title}, {@code url} and {@code content}.
 */
public final class CorpusSearch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_RESULTS = 20;

    private final Corpus corpus;
    private final LoopbackServer server;

    private CorpusSearch(Corpus corpus) {
        this.corpus = corpus;
        this.server = LoopbackServer.start(0, "corpus-search", this::handle);
    }

    /**
     * Indexes a corpus and starts.
     *
     * @param name what errors call the corpus, such as its file
     * @param yaml the pages
     * @throws IllegalArgumentException when the corpus is wrong; the message names it, the page and the key
     */
    public static CorpusSearch start(String name, String yaml) {
        return new CorpusSearch(Corpus.parse(name, yaml));
    }

    /** The address to give a Tavily client, such as {@code http://127.0.0.1:40123}. */
    public String baseUrl() {
        return "http://" + server.authority();
    }

    @Override
    public void close() {
        server.close();
        corpus.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/search")) {
            refuse(exchange, 404, "Not Found");
            return;
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.matches("Bearer\\s+\\S+")) {
            refuse(exchange, 401, "Unauthorized: missing or invalid API key.");
            return;
        }
        byte[] body = LoopbackServer.body(exchange, MAX_BODY_BYTES);
        JsonNode request = body == null ? null : parsed(body);
        if (request == null || request.path("query").asText().isBlank()) {
            refuse(exchange, 400, "Query is missing.");
            return;
        }
        search(exchange, request);
    }

    private void search(HttpExchange exchange, JsonNode request) throws IOException {
        long begun = System.nanoTime();
        String query = request.get("query").asText();
        int most = Math.max(0, Math.min(MAX_RESULTS, request.path("max_results").asInt(5)));
        List<Map<String, Object>> results = new ArrayList<>();
        for (Corpus.Hit hit : corpus.search(query, most)) {
            results.add(Map.of("title", hit.page().title(), "url", hit.page().url(), "content", hit.page().content(), "score",
                    hit.score()));
        }
        send(exchange, 200, Map.of("query", query, "images", List.of(), "results", results, "response_time",
                (System.nanoTime() - begun) / 1e9));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    private static void refuse(HttpExchange exchange, int status, String error) throws IOException {
        send(exchange, status, Map.of("detail", Map.of("error", error)));
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> answer) throws IOException {
        LoopbackServer.answer(exchange, status, "application/json", JSON.writeValueAsBytes(answer));
    }
}
