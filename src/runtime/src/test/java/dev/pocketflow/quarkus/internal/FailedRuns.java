package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Runs that fail, what is parked of them, and what is logged. */
abstract class FailedRuns {

    static final String MADE_UP = "what a model said";

    @TempDir
    Path directory;

    final SetClock clock = new SetClock();
    final Lines lines = new Lines();
    private final Seal seal = new Seal(Settings.signed(Map.of("k1", Settings.K1)));

    @AfterEach
    void stop() {
        lines.close();
    }

    final Park park() {
        return new DirectoryPark(directory, envelope -> Progress.of(seal, envelope));
    }

    final byte[] parked() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Files.readAllBytes(files.toList().get(0));
        }
    }

    final boolean isEmpty() {
        return Objects.requireNonNull(directory.toFile().list()).length == 0;
    }

    /** Puts, and then fails. */
    static Flow putting(Map<String, Object> values) {
        return Flow.named("flow").node("puts", new Node<Object, Object>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                values.forEach(shared::put);
                return null;
            }
        }).then("fails").node("fails", failing()).build();
    }

    static Node<Object, Object> failing() {
        return new Node<>() {
            @Override
            public Object exec(Object prepared) throws IOException {
                throw new IOException("disk full", new IllegalStateException(MADE_UP));
            }
        };
    }

    static JsonNode failed(Counter counter, String event) {
        JsonNode answer = counter.send(event);
        assertThat(answer.path("status").asText()).isEqualTo("failed");
        return answer;
    }
}
