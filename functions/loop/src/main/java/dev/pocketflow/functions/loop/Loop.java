package dev.pocketflow.functions.loop;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Wait;

/**
 * Counts: {@code {"until": 1000}} in, {@code count} out. A {@code padding} adds this many characters to the store. A
 * {@code rest} of {@code nap} or {@code night} makes the run wait at the count of one.
 */
class Loop {
    static final Key<Integer> UNTIL = Key.of("until", Integer.class);
    static final Key<Integer> COUNT = Key.of("count", Integer.class);
    static final Key<Integer> PADDING = Key.of("padding", Integer.class);
    static final Key<String> REST = Key.of("rest", String.class);
    static final Key<String> TOKEN = Key.of("token", String.class).secret();

    @Produces
    Flow loop(Count first, Count second, Count third) {
        return Flow.named("loop")
                .node("first", first).then("second").on("nap", "nap").on("night", "night").ends("done")
                .node("nap", Wait.of(Duration.ofSeconds(1))).then("second")
                .node("night", Wait.of(Duration.ofHours(8))).then("second")
                .node("second", second).then("third").ends("done")
                .node("third", third).then("first").ends("done")
                .build();
    }
}
