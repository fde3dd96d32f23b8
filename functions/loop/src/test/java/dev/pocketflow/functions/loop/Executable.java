package dev.pocketflow.functions.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.lambda.FunctionSpec;

/** The executable as functions with a ledger and a checkpoint after every step, and the answers of such a function. */
final class Executable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Executable() {
    }

    /** The function with a ledger in a table, and a transport. */
    static FunctionSpec ledgered(FunctionSpec spec, String way, String table) {
        return spec.command(Path.of(System.getProperty("native.image.path"))).initTimeout(Duration.ofSeconds(60))
                .env("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", System.getenv("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST"))
                .env("QUARKUS_POCKETFLOW_HAND_OVER", way)
                .env("QUARKUS_POCKETFLOW_LEDGER", "dynamodb").env("QUARKUS_POCKETFLOW_LEDGER_TABLE", table)
                .env("QUARKUS_POCKETFLOW_CHECKPOINT", "step")
                .env("QUARKUS_POCKETFLOW_ANSWER_STORE", "all").env("QUARKUS_POCKETFLOW_ANSWER_PATH", "true")
                .env("QUARKUS_LOG_LEVEL", "WARN");
    }

    /** {@return the keys of the hops in a ledger's table, in the order of the keys; not those of a run's state} */
    static List<String> hops(LocalCloud cloud, String table) {
        return cloud.dynamo().keys(table).stream().filter(key -> key.matches("\\w+#\\d+")).toList();
    }

    static JsonNode json(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the part of an outcome that is the same for every history of the run: all but the run's name and the times of
     * its steps}
     */
    static List<Object> end(JsonNode outcome) {
        List<Object> end = new ArrayList<>();
        end.add(outcome.path("status").asText());
        end.add(outcome.path("action").asText());
        end.add(outcome.path("store"));
        outcome.path("path").forEach(step -> end.add(step.path("flow").asText() + " " + step.path("node").asText() + " "
                + step.path("action").asText() + step.path("error").asText() + " " + step.path("attempts")));
        return end;
    }
}
