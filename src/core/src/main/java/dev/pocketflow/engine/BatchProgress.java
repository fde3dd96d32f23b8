package dev.pocketflow.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.TypedValue;

/** The items of a batch node's visit, and the results so far. Different threads write different results. */
final class BatchProgress {

    final List<Object> all;
    final AtomicInteger attempts = new AtomicInteger();
    int sequence;
    long nanos;
    private final Object[] values;
    private final Object[] results;
    private final boolean[] done;
    private final List<JavaType> types;

    /** @param types of an item and of a result */
    BatchProgress(List<Object> all, List<JavaType> types) {
        this.all = all;
        this.types = types;
        this.values = all.toArray();
        this.results = new Object[values.length];
        this.done = new boolean[results.length];
    }

    /** @throws RuntimeException if an item or result is not of the node's type */
    static BatchProgress restored(Position.Batch batch, List<JavaType> types) {
        List<Object> all = new ArrayList<>(batch.items().size());
        batch.items().forEach(each -> all.add(live(each, types.get(0))));
        BatchProgress items = new BatchProgress(all, types);
        batch.results().forEach((index, each) -> items.done(index, live(each, types.get(1))));
        items.attempts.set(batch.attempts());
        items.sequence = batch.sequence();
        items.nanos = batch.nanos();
        return items;
    }

    /** {@return a value of the type; a value that was never JSON stays as it is} */
    private static Object live(Object value, JavaType type) {
        Object plain = TypedValue.unwrapped(value);
        return plain != value ? plain : Json.MAPPER.convertValue(value, type);
    }

    Object get(int index) {
        return values[index];
    }

    void done(int index, Object result) {
        results[index] = result;
        done[index] = true;
    }

    /** {@return the indexes of the items that have no result} */
    int[] open() {
        int count = 0;
        int[] open = new int[done.length];
        for (int i = 0; i < done.length; i++) {
            if (!done[i]) {
                open[count++] = i;
            }
        }
        return Arrays.copyOf(open, count);
    }

    List<Object> results() {
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    Position.Batch snapshot() {
        Map<Integer, Object> finished = new TreeMap<>();
        for (int i = 0; i < done.length; i++) {
            if (done[i]) {
                finished.put(i, TypedValue.of(results[i], types.get(1)));
            }
        }
        return new Position.Batch(sequence, TypedValue.each(Arrays.asList(values), types.get(0)), finished, attempts.get(),
                nanos);
    }
}
