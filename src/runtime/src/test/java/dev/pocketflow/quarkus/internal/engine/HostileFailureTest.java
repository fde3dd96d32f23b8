package dev.pocketflow.quarkus.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Step;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;

/** A failure that fails again when it is read, printed or followed to its causes. The run must still be parked. */
class HostileFailureTest extends FailedRuns {

    private static final class Mute extends FlowException {
        private static final long serialVersionUID = 1;

        Mute() {
            super(MADE_UP);
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException(MADE_UP);
        }
    }

    private static final class Rootless extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable getCause() {
            throw new StackOverflowError();
        }
    }

    private static final class Frameless extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }

        @Override
        public String toString() {
            throw new IllegalStateException(MADE_UP);
        }
    }

    /** Its name is like that of a wrapper. */
    private static final class EndlessUndeclaredThrowableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    private static Throwable deep() {
        Throwable failure = new IOException(MADE_UP);
        for (int i = 0; i < 20_000; i++) {
            failure = new IllegalStateException(MADE_UP, failure);
            failure.setStackTrace(new StackTraceElement[0]);
        }
        return failure;
    }

    private static final Map<String, Supplier<Throwable>> FAILURES = Map.of("mute", Mute::new, "rootless", Rootless::new,
            "frameless", Frameless::new, "endless", EndlessUndeclaredThrowableException::new, "deep",
            HostileFailureTest::deep, "wrapped", () -> new CompletionException(MADE_UP, new Mute()),
            "error", () -> new NoClassDefFoundError(MADE_UP));

    static Stream<Arguments> failures() {
        return FAILURES.keySet().stream().flatMap(failure -> Stream.of("prep", "exec", "item", "stage", "nested")
                .flatMap(where -> Stream.of(Arguments.of(failure, where, "true"), Arguments.of(failure, where, "false"))));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void thrown(Throwable failure) throws T {
        throw (T) failure;
    }

    private static Step step(String where, Throwable failure) {
        return switch (where) {
            case "item" -> new BatchNode<Integer, Integer>() {
                @Override
                public List<Integer> prep(Store shared) {
                    return List.of(1, 2);
                }

                @Override
                public Integer exec(Integer item) {
                    thrown(failure);
                    return item;
                }
            };
            case "stage" -> new AsyncNode<Object, Object>() {
                @Override
                public CompletionStage<Object> exec(Object prepared) {
                    return CompletableFuture.failedFuture(failure);
                }
            };
            case "nested" -> Flow.named("inner").node("n", step("exec", failure)).build();
            default -> new Node<Object, Object>() {
                @Override
                public Object prep(Store shared) {
                    if (where.equals("prep")) {
                        thrown(failure);
                    }
                    return null;
                }

                @Override
                public Object exec(Object prepared) {
                    thrown(failure);
                    return null;
                }
            };
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void run_isParked_andTheFailureIsLogged(String failure, String where, String causes) throws IOException {
        Flow flow = Flow.named("flow").node("puts", new Node<Object, Object>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("fine", 1);
                return null;
            }
        }).then("fails").node("fails", step(where, FAILURES.get(failure).get())).build();

        JsonNode answer = failed(new TestFunction(flow, Ledger.NONE, park(), clock, "log.causes", causes), "{}");

        assertThat(answer.at("/envelope/store/fine").asInt()).isEqualTo(1);
        assertThat(TestFunction.json(parked()).at("/store/fine").asInt()).isEqualTo(1);
        assertThat(answer.at("/failure/flow").asText()).isEqualTo(where.equals("nested") ? "inner" : "flow");
        assertThat(answer.toString()).doesNotContain(MADE_UP);
        assertThat(lines.of(Level.SEVERE)).singleElement()
                .satisfies(line -> assertThat(line).contains("hop=0 failed: flow '"));
        if (causes.equals("false")) {
            assertThat(lines.all()).doesNotContain(MADE_UP);
        }
    }
}
