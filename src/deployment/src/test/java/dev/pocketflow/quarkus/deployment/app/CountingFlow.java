package dev.pocketflow.quarkus.deployment.app;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Store;

/** An application with runs of several hops: {@code count} counts to a target, squares in a batch, and asks {@code other}. */
public final class CountingFlow {

    public static final Class<?>[] CLASSES = { CountingFlow.class, Up.class, Squares.class, Note.class, Other.class,
            Flows.class };
    public static final Key<Integer> N = Key.of("n", Integer.class);
    public static final Key<Integer> TARGET = Key.of("target", Integer.class);
    public static final Key<List<Note>> NOTES = Key.listOf("notes", Note.class);
    public static final Key<String> PASSWORD = Key.secret("password", String.class);
    public static final String EVENT = "{\"n\":0,\"target\":3,\"password\":\"hunter2\"}";

    private CountingFlow() {
    }

    public record Note(int of, int square) {
    }

    public static class Up implements Node<Void, Void> {
        @Override
        public String post(Store shared, Void prepared, Void result) {
            shared.get(PASSWORD);
            return shared.update(N, n -> n + 1) < shared.get(TARGET) ? "again" : "done";
        }
    }

    public static class Squares implements BatchNode<Note, Note> {
        @Override
        public List<Note> prep(Store shared) {
            shared.update("preps", count -> count == null ? 1 : (Integer) count + 1);
            return List.of(new Note(1, 0), new Note(2, 0), new Note(3, 0));
        }

        @Override
        public Note exec(Note note) {
            return new Note(note.of(), note.of() * note.of());
        }

        @Override
        public String post(Store shared, List<Note> items, List<Note> results) {
            shared.put(NOTES, results);
            return null;
        }
    }

    public static class Other implements Node<Integer, Integer> {
        @Override
        public String post(Store shared, Integer prepared, Integer result) {
            shared.put("told", shared.get(NOTES).get(2).square());
            return "told";
        }
    }

    public static class Flows {
        @Produces
        Flow count(Up up, Squares squares, Other end) {
            Node<Object, Object> last = new Node<>() {
                @Override
                public String post(Store shared, Object prepared, Object result) {
                    shared.put("end", Map.of("told", shared.get("told")));
                    return null;
                }
            };
            return Flow.named("count").node("up", up).on("again", "up").on("done", "squares")
                    .node("squares", squares).then("ask")
                    .node("ask", new RemoteFlow("other")).on("told", "last")
                    .node("last", last).build();
        }

        @Produces
        Flow other(Other tell) {
            return Flow.named("other").node("tell", tell).build();
        }
    }
}
