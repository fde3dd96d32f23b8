package dev.pocketflow.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** The initial state of every row. */
public final class State {

    private static final List<Integer> LIST = IntStream.range(12_340, 12_350).boxed().toList();

    private static final int TEXTS = 20;
    private static final List<String> NAMES = IntStream.range(0, TEXTS).mapToObj(i -> "text" + i).toList();

    private State() {
    }

    /** {@return 20 texts of 100 characters ({@code text0} ...), a {@code list} of ten, {@code count} 0: 2.4 KB of JSON} */
    public static Map<String, Object> make() {
        return make(TEXTS);
    }

    /** Replaces each text by a new one. */
    static void renew(BiConsumer<String, Object> state) {
        for (String name : NAMES) {
            state.accept(name, "jihgfedcba".repeat(10));
        }
    }

    /** @param texts the number of texts, each of 100 characters */
    public static Map<String, Object> make(int texts) {
        Map<String, Object> state = new LinkedHashMap<>(2 * texts + 8);
        for (int i = 0; i < texts; i++) {
            state.put("text" + i, "abcdefghij".repeat(10));
        }
        state.put("list", LIST);
        state.put("count", 0);
        return state;
    }
}
