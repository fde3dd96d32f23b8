package dev.pocketflow.quarkus.deployment.contract;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application whose flow has a contract. */
final class ContractApplication {

    static final QuarkusUnitTest APP = TestApplication.shared(
            List.of(AnswerContentTest.class, InputContractTest.class, SchemaTest.class), ContractApplication.class,
            Line.class, Ship.class, Flows.class).overrideConfigKey("quarkus.pocketflow.answer.path", "false"); // as in production

    static final String ORDER = "{\"lines\":[{\"article\":\"tea\",\"count\":2}],\"due\":\"2026-12-24\"}";

    record Line(String article, int count) {
    }

    static final Key<List<Line>> LINES = Key.listOf("lines", Line.class).describedAs("What is ordered");
    static final Key<LocalDate> DUE = Key.of("due", LocalDate.class);
    static final Key<Integer> BOXES = Key.of("boxes", Integer.class).defaultTo(1).describedAs("At most this many boxes");
    static final Key<String> CARD = Key.secret("card", String.class).defaultTo("none");
    static final Key<String> NOTE = Key.of("note", String.class).optional();
    static final Key<Integer> PIECES = Key.of("pieces", Integer.class);
    static final Key<String> NEVER = Key.of("never", String.class);

    private ContractApplication() {
    }

    static class Ship implements Node<List<Line>, Integer> {
        static final AtomicInteger RUNS = new AtomicInteger();

        @Override
        public List<Line> prep(Store shared) {
            RUNS.incrementAndGet();
            return shared.get(LINES);
        }

        @Override
        public Integer exec(List<Line> lines) {
            return lines.stream().mapToInt(Line::count).sum();
        }

        @Override
        public String post(Store shared, List<Line> lines, Integer pieces) {
            shared.put(PIECES, pieces);
            shared.put("internal", "not for callers");
            if (pieces == 0) {
                throw new IllegalStateException("nothing to ship");
            }
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow flow(Ship ship) {
            return Flow.named("ship").takes(LINES, DUE, BOXES, CARD, NOTE).gives(PIECES, BOXES, CARD, NEVER)
                    .describedAs("Ships an order").node("ship", ship).build();
        }
    }
}
