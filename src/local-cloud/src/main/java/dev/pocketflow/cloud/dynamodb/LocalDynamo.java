package dev.pocketflow.cloud.dynamodb;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.cloud.process.StandInProcess;

/**
 * DynamoDB on 127.0.0.1: dynalite in its own process, in memory, with one database for all credentials and regions. It needs
 * {@code node}, and {@code npm} for its first installation. An AWS SDK reaches it by an endpoint override. Thread-safe. The
 * caller of {@code start()} closes it, which deletes all tables. It ends with this process at the latest.
 * <p>
 * It differs from DynamoDB: it throttles nothing. It has no time to live, so items stay until they are deleted. A refused
 * condition never returns the item, even if {@code ReturnValuesOnConditionCheckFailure} asks for it.
 */
public final class LocalDynamo implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "id";
    private static final Duration TO_BE_ACTIVE = Duration.ofMinutes(1);

    private final StandInProcess process;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LocalDynamo(StandInProcess process) {
        this.process = process;
    }

    /**
     * The reason why this machine cannot start it, so that a test can be skipped.
     *
     * @return a sentence that names what is missing, {@code node} or {@code npm}; empty when nothing is
     */
    public static Optional<String> missing() {
        return Missing.HERE;
    }

    /**
     * Starts it. The first time on a machine, npm installs it, which takes some seconds.
     *
     * @throws IllegalStateException when {@code node} or {@code npm} is missing, or npm cannot install it
     */
    public static LocalDynamo start() {
        return new LocalDynamo(StandInProcess.start("dynamodb", Dynalite.here()::command));
    }

    /**
     * Its address, for {@code endpointOverride} and {@code AWS_ENDPOINT_URL_DYNAMODB}.
     *
     * @throws IllegalStateException when it does not start
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + process.port());
    }

    /**
     * Makes a table for a ledger, as {@code infra/aws} does, without a time to live. Its partition key is the string
     * {@code id}. The table is ready when this returns.
     *
     * @throws IllegalStateException when the table exists
     */
    public void createTable(String table) {
        ObjectNode request = of(table).put("BillingMode", "PAY_PER_REQUEST");
        request.putArray("AttributeDefinitions").addObject().put("AttributeName", KEY).put("AttributeType", "S");
        request.putArray("KeySchema").addObject().put("AttributeName", KEY).put("KeyType", "HASH");
        call("CreateTable", request);
        long end = System.nanoTime() + TO_BE_ACTIVE.toNanos();
        while (!call("DescribeTable", of(table)).path("Table").path("TableStatus").asText().equals("ACTIVE")) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("DynamoDB: table '" + table + "' is not active after " + TO_BE_ACTIVE);
            }
        }
    }

    /** The keys of all items of a table, sorted. */
    public List<String> keys(String table) {
        List<String> keys = new ArrayList<>();
        ObjectNode request = of(table).put("ConsistentRead", true).put("ProjectionExpression", KEY);
        JsonNode page;
        do {
            page = call("Scan", request);
            page.path("Items").forEach(item -> keys.add(item.path(KEY).path("S").asText()));
            request.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        } while (page.has("LastEvaluatedKey"));
        keys.sort(null);
        return keys;
    }

    /**
     * An item of a table.
     *
     * @return its attributes as DynamoDB writes them, {@code {"id":{"S":"one"},"expiration":{"N":"60"}}}; empty without an item
     *         of that key
     */
    public Optional<String> item(String table, String key) {
        ObjectNode request = of(table).put("ConsistentRead", true);
        request.putObject("Key").putObject(KEY).put("S", key);
        JsonNode item = call("GetItem", request).path("Item");
        return item.isMissingNode() ? Optional.empty() : Optional.of(item.toString());
    }

    /** Deletes all items of a table, as between two tests. */
    public void empty(String table) {
        for (String key : keys(table)) {
            ObjectNode request = of(table);
            request.putObject("Key").putObject(KEY).put("S", key);
            call("DeleteItem", request);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        process.close();
    }

    private static ObjectNode of(String table) {
        return JsonNodeFactory.instance.objectNode().put("TableName", table);
    }

    /** Calls the API. The server requires a signature and does not check it. */
    private JsonNode call(String action, ObjectNode request) {
        try {
            HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(endpoint())
                    .header("Content-Type", "application/x-amz-json-1.0").header("X-Amz-Target", "DynamoDB_20120810." + action)
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/dynamodb/aws4_request, "
                            + "SignedHeaders=host, Signature=0")
                    .header("X-Amz-Date", "20250101T000000Z")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request))).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("DynamoDB: " + action + ": HTTP " + response.statusCode() + ", "
                        + answer.path("__type").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("DynamoDB: " + action + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while DynamoDB was asked", e);
        }
    }

    /** The answer of {@link LocalDynamo#missing()}, computed once because it starts {@code node}. */
    private static final class Missing {

        static final Optional<String> HERE = Dynalite.here().missing();
    }
}
