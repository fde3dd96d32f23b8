package dev.pocketflow.quarkus.internal.engine;

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
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LogCapture;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.park.DirectoryFailedRunStore;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.park.ParkProgress;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** Runs that fail, their parked envelopes, and the log. */
abstract class FailedRuns {

    static final String MADE_UP = "what a model said";

    @TempDir
    Path directory;

    final SettableClock clock = new SettableClock();
    final LogCapture lines = new LogCapture();
    private final Seal seal = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));

    @AfterEach
    void stop() {
        lines.close();
    }

    final FailedRunStore park() {
        return new DirectoryFailedRunStore(directory, envelope -> ParkProgress.of(seal, envelope));
    }

    final byte[] parked() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Files.readAllBytes(files.toList().get(0));
        }
    }

    final boolean isEmpty() {
        return Objects.requireNonNull(directory.toFile().list()).length == 0;
    }

    /** A flow that puts values and then fails. */
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

    static JsonNode failed(TestFunction counter, String event) {
        JsonNode answer = counter.send(event);
        assertThat(answer.path("status").asText()).isEqualTo("failed");
        return answer;
    }
}
