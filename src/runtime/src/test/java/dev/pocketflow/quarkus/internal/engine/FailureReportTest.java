package dev.pocketflow.quarkus.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeSchema;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/** The report of a failed run, in the log and in its envelope. */
class FailureReportTest extends FailedRuns {

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void stackTraceIsLogged_withTheMessagesOfCauses_whenLogCausesIsSet(boolean causes) {
        TestFunction counter = new TestFunction(putting(Map.of()), Ledger.NONE, FailedRunStore.NONE, clock, "log.causes",
                Boolean.toString(causes));
        failed(counter, "{}");

        assertThat(lines.of(Level.SEVERE)).singleElement().satisfies(
                line -> assertThat(line).contains("hop=0 failed: flow 'flow', node 'fails': exec failed: java.io.IOException"));
        assertThat(lines.all()).contains("java.io.IOException", "Caused by: java.lang.IllegalStateException",
                "at " + FailedRuns.class.getName(), "FailedRuns.java:");
        if (causes) {
            assertThat(lines.all()).contains("disk full", MADE_UP);
        } else {
            assertThat(lines.all()).doesNotContain("disk full", MADE_UP);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void itemThatFails_isInTheFailure_withItsOwnAttempts(boolean parallel) throws IOException {
        Flow flow = Flow.named("flow").node("items", parallel ? new ParallelBatchNode<Integer, Integer>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(0, 1, 2);
            }

            @Override
            public Integer exec(Integer item) throws Exception {
                return work(item);
            }

            @Override
            public int concurrency() {
                return 1;
            }
        } : new BatchNode<Integer, Integer>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(0, 1, 2);
            }

            @Override
            public Integer exec(Integer item) throws Exception {
                return work(item);
            }
        }).build();
        JsonNode answer = failed(new TestFunction(flow, Ledger.NONE, park(), clock), "{}");

        byte[] parked = parked();
        EnvelopeSchema.check(parked);
        JsonNode envelope = TestFunction.json(parked);
        JsonNode failure = envelope.path("failure");
        assertThat(failure.path("item").asInt()).isEqualTo(2);
        assertThat(failure.path("done").asInt()).isEqualTo(2);
        assertThat(failure.path("at").asText()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(failure.path("attempts")).hasSize(1);
        assertThat(failure.at("/attempts/0/error").asText()).isEqualTo("java.io.IOException");
        assertThat(failure.at("/attempts/0/at").asText()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(envelope.path("issuedAt").asText()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(envelope.path("expiresAt").asText()).isEqualTo("2101-01-01T00:00:00Z");
        assertThat(answer.path("failure").path("attempts")).isEqualTo(failure.path("attempts"));
        assertThat(lines.of(Level.INFO)).filteredOn(line -> line.contains(" parked at ")).singleElement()
                .satisfies(line -> assertThat(line).startsWith("run=" + answer.path("run").asText() + " flow=flow node=items")
                        .contains(directory.toString()));
    }

    private static int work(int item) throws IOException {
        if (item == 2) {
            throw new IOException("disk full");
        }
        return item;
    }
}
