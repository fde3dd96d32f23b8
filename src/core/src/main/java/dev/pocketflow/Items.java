package dev.pocketflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.Json;

/** The items of a batch node's visit, and the results so far. Different threads write different results. */
final class Items {

    final List<Object> all;
    final AtomicInteger attempts = new AtomicInteger();
    int sequence;
    long nanos;
    private final Object[] values;
    private final Object[] results;
    private final boolean[] done;

    Items(List<Object> all) {
        this.all = all;
        this.values = all.toArray();
        this.results = new Object[values.length];
        this.done = new boolean[results.length];
    }

    /** @throws RuntimeException where an item or result is not of the type that the node has them of */
    static Items restored(Envelope.Batch batch, JavaType item, JavaType result) {
        List<Object> all = new ArrayList<>(batch.items().size());
        batch.items().forEach(each -> all.add(Json.MAPPER.convertValue(each, item)));
        Items items = new Items(all);
        batch.results().forEach((index, each) -> items.done(index, Json.MAPPER.convertValue(each, result)));
        items.attempts.set(batch.attempts());
        items.sequence = batch.sequence();
        items.nanos = batch.nanos();
        return items;
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

    Envelope.Batch snapshot() {
        Map<Integer, Object> finished = new TreeMap<>();
        for (int i = 0; i < done.length; i++) {
            if (done[i]) {
                finished.put(i, results[i]);
            }
        }
        return new Envelope.Batch(sequence, all, finished, attempts.get(), nanos);
    }
}
