package dev.pocketflow.functions.agent.standin;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import dev.pocketflow.quarkus.spi.ServiceStandIn;

/** Tavily's search API (<a href="https://docs.tavily.com">documentation</a>, {@code POST /search}) over a few pages. */
public final class TavilyStandIn implements ServiceStandIn {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_RESULTS = 20;

    @Override
    public String service() {
        return "search";
    }

    @Override
    public String configPrefix() {
        return "tavily";
    }

    @Override
    public String resource() {
        return "search-pages.json";
    }

    @Override
    public HttpHandler handler(String text) {
        PageIndex pages = PageIndex.parse(resource(), text);
        return exchange -> answer(exchange, pages);
    }

    private static void answer(HttpExchange exchange, PageIndex pages) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        JsonNode request = parsed(exchange.getRequestBody().readAllBytes());
        if (!exchange.getRequestURI().getPath().equals("/search")) {
            refuse(exchange, 404, "Not Found");
        } else if (authorization == null || !authorization.matches("Bearer\\s+\\S+")) {
            refuse(exchange, 401, "Unauthorized: missing or invalid API key.");
        } else if (request.path("query").asText().isBlank()) {
            refuse(exchange, 400, "Query is missing.");
        } else {
            String query = request.path("query").asText();
            int most = Math.max(0, Math.min(MAX_RESULTS, request.path("max_results").asInt(5)));
            send(exchange, 200, Map.of("query", query, "images", List.of(), "results", pages.search(query, most)));
        }
    }

    /** The request's JSON; a missing node for a body that is not JSON. */
    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String error) throws IOException {
        send(exchange, status, Map.of("detail", Map.of("error", error)));
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
