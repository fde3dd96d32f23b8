package dev.pocketflow.quarkus.deployment.app;

import static io.restassured.RestAssured.given;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.restassured.path.json.JsonPath;

/** An event of a stream: its name, its data as JSON, and parsed. */
public record ServerSentEvent(String name, String json, Map<String, Object> data) {

    private static final ObjectReader READER = new ObjectMapper().readerFor(Map.class);

    public static List<ServerSentEvent> post(String json) {
        return parse(given().contentType("application/json").accept("text/event-stream").body(json).post("/").then()
                .statusCode(200).extract().asString());
    }

    /** Each block has exactly one event line and one data line. */
    public static List<ServerSentEvent> parse(String stream) {
        List<ServerSentEvent> events = new ArrayList<>();
        for (String block : stream.strip().split("\n\n")) {
            String[] lines = block.split("\n");
            if (lines.length != 2 || !lines[0].startsWith("event:") || !lines[1].startsWith("data:")) {
                throw new AssertionError("no event: " + block);
            }
            String json = lines[1].substring(5);
            events.add(new ServerSentEvent(lines[0].substring(6).strip(), json, read(json)));
        }
        return events;
    }

    public static Map<String, Object> read(String json) {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    public JsonPath path() {
        return new JsonPath(json);
    }

    /** {@return the event's name with the node's} */
    @Override
    public String toString() {
        Object node = data.get("node");
        return node == null ? name : name + " " + node;
    }
}
