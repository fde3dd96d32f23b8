package dev.pocketflow.quarkus.deployment.docs;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** The flows that the guides show. */
final class GuideFlows {

    private GuideFlows() {
    }

    /** The flow with a contract. */
    static class Ship {
        record Line(String article, int count) {
        }

        static final Key<List<Line>> LINES = Key.listOf("lines", Line.class).describedAs("The articles to ship");
        static final Key<LocalDate> DUE = Key.of("due", LocalDate.class);
        static final Key<Integer> BOXES = Key.of("boxes", Integer.class).defaultTo(1).describedAs("At most this many");
        static final Key<String> NOTE = Key.of("note", String.class).optional();
        static final Key<String> CARD = Key.of("card", String.class).secret().optional();
        static final Key<Integer> PIECES = Key.of("pieces", Integer.class);

        @Produces
        Flow ship() {
            return Flow.named("ship").describedAs("Ships an order")
                    .takes(LINES, DUE, BOXES, NOTE, CARD).gives(PIECES)
                    .node("pack", Node.of(LINES, Ship::count, PIECES))
                    .build();
        }

        static int count(List<Line> lines) {
            return lines.stream().mapToInt(Line::count).sum();
        }
    }

    /** A flow that waits for a signal. */
    static class Letter {
        static final Key<String> TEXT = Key.of("text", String.class);
        static final Key<Map<String, String>> APPROVAL = Key.mapOf("approval", String.class);

        @Produces
        Flow letter() {
            return Flow.named("letter").takes(TEXT).gives(TEXT)
                    .node("approval", Await.signal(APPROVAL)).on("yes", "send").ends("no")
                    .node("send", Node.route(Letter::send))
                    .build();
        }

        static String send(Store store) {
            store.update(TEXT, text -> text + ", sent for " + store.get(APPROVAL).get("by"));
            return null;
        }
    }
}
