package dev.pocketflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.pocketflow.engine.position.Position;

/** Makes steps of lambdas, so that a test shows only its subject. */
public final class TestSteps {

    private TestSteps() {
    }

    interface Exec<I, R> {
        R exec(I item) throws Exception;
    }

    static Flow flow(Step step) {
        return Flow.named("flow").node("node", step).build();
    }

    static Node<Object, Object> acting(String action) {
        return posting(store -> action);
    }

    static Node<Object, Object> posting(Function<Store, String> post) {
        return new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                return post.apply(shared);
            }
        };
    }

    /** Puts the result of exec as "result". */
    static Node<Object, Object> executing(Callable<?> exec) {
        return new Node<>() {
            @Override
            public Object exec(Object prepared) throws Exception {
                return exec.call();
            }

            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("result", result);
                return null;
            }
        };
    }

    static Node<Object, Object> failing(Throwable failure) {
        return executing(() -> {
            throw TestSteps.<RuntimeException> sneaky(failure);
        });
    }

    /** Adds its name to the store's "trace". */
    static Node<Object, Object> trace(String name) {
        return trace(name, null);
    }

    static Node<Object, Object> trace(String name, String action) {
        return posting(store -> {
            traced(store, name);
            return action;
        });
    }

    static void traced(Store store, Object entry) {
        store.update("trace", old -> {
            List<Object> trace = old == null ? new ArrayList<>() : new ArrayList<>((List<?>) old);
            trace.add(entry);
            return trace;
        });
    }

    static List<Object> trace(Store store) {
        return List.copyOf((List<?>) store.find("trace").orElse(List.of()));
    }

    /** Puts the results of exec as "results". */
    static <I, R> BatchNode<I, R> batch(int concurrency, List<I> items, Exec<I, R> exec) {
        return new BatchNode<>() {
            @Override
            public List<I> prep(Store shared) {
                return items;
            }

            @Override
            public R exec(I item) throws Exception {
                return exec.exec(item);
            }

            @Override
            public String post(Store shared, List<I> items, List<R> results) {
                shared.put("items", items).put("results", results);
                return null;
            }

            @Override
            public int concurrency() {
                return concurrency;
            }
        };
    }

    /** Puts the value of the stage as "result". */
    static AsyncNode<Object, Object> async(Supplier<CompletionStage<Object>> exec) {
        return new AsyncNode<>() {
            @Override
            public CompletionStage<Object> exec(Object prepared) {
                return exec.get();
            }

            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put("result", result);
                return null;
            }
        };
    }

    static FlowException failure(Outcome outcome) {
        return ((Outcome.Failed) outcome).failure();
    }

    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("waited ten seconds in vain");
        }
    }

    /** Waits for what never comes, until it is interrupted. */
    public static <T> T blocked() throws InterruptedException {
        await(new CountDownLatch(1));
        return null;
    }

    /** Throws anything, declared or not. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    /** {@return the place of a frame, with its params or the places of its parts} */
    static String place(Position.Frame frame) {
        Map<String, Object> parts = new LinkedHashMap<>();
        frame.parts().forEach((name, position) -> parts.put(name, position.stream().map(TestSteps::place).toList()));
        return frame.flow() + (frame.node() == null ? "" : "/" + frame.node())
                + (frame.params().isEmpty() ? "" : frame.params()) + (parts.isEmpty() ? "" : parts);
    }
}
