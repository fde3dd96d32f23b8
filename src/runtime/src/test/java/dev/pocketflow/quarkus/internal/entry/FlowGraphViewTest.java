package dev.pocketflow.quarkus.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Wait;

class FlowGraphViewTest {

    private static final Flow WAITS = Flow.named("waits").node("an hour", Wait.of(Duration.ofHours(1))).then("the date")
            .node("the date", Wait.until(Key.of("date", Instant.class))).build();

    @Test
    void waits_areOfOneKind() {
        assertThat(FlowGraphView.json(WAITS)).containsEntry("nodes",
                List.of(Map.of("name", "an hour", "kind", "wait", "edges", Map.of("default", "the date"), "ends", Set.of()),
                        Map.of("name", "the date", "kind", "wait", "edges", Map.of(), "ends", Set.of())));
    }

    @Test
    void waits_areDrawn() {
        assertThat(FlowGraphView.mermaid(WAITS)).isEqualTo("""
                flowchart TD
                    n_0["an hour"]
                    n_1["the date"]
                    n_0 --> n_1
                """);
    }
}
