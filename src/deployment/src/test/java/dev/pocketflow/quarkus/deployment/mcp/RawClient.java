package dev.pocketflow.quarkus.deployment.mcp;

import static io.restassured.RestAssured.given;

import java.util.List;

import io.quarkus.maven.dependency.Dependency;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Sends messages of MCP as they are, for what a client library does not do. */
public final class RawClient {

    /** The server, which a test brings. */
    public static final List<Dependency> SERVER = List.of(Dependency.of("io.quarkiverse.mcp", "quarkus-mcp-server-http",
            System.getProperty("quarkus-mcp-server.version")));
    static final String ACCEPT = "application/json, text/event-stream";

    private final String session;

    /** Begins a session. */
    public RawClient() {
        session = request("""
                {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
                 "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""").post("/mcp").header("Mcp-Session-Id");
        send("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}").then().statusCode(202);
    }

    String session() {
        return session;
    }

    public Response send(String message) {
        return request(message).header("Mcp-Session-Id", session).post("/mcp");
    }

    private static RequestSpecification request(String message) {
        return given().contentType(ContentType.JSON).header("Accept", ACCEPT).body(message);
    }
}
