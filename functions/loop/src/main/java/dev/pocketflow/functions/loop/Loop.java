package dev.pocketflow.functions.loop;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;

/** Counts: {@code {"until": 1000}} in, {@code count} out. A {@code padding} of so many characters makes the store as large. */
class Loop {
    static final Key<Integer> UNTIL = Key.of("until", Integer.class);
    static final Key<Integer> COUNT = Key.of("count", Integer.class);
    static final Key<Integer> PADDING = Key.of("padding", Integer.class);
    static final Key<String> TOKEN = Key.secret("token", String.class);

    @Produces
    Flow loop(Count first, Count second, Count third) {
        return Flow.named("loop")
                .node("first", first).then("second").ends("done")
                .node("second", second).then("third").ends("done")
                .node("third", third).then("first").ends("done")
                .build();
    }
}
