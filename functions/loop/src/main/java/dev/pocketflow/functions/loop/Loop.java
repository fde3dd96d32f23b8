package dev.pocketflow.functions.loop;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Wait;

/** Counts, in as many hops as the limits of an invocation make of it. */
class Loop {
    static final Key<Integer> UNTIL = Key.of("until", Integer.class).describedAs("The number to count to");
    static final Key<Integer> COUNT = Key.of("count", Integer.class);
    static final Key<Integer> PADDING = Key.of("padding", Integer.class).optional()
            .describedAs("The number of characters to add to the store");
    static final Key<String> REST = Key.of("rest", String.class).optional()
            .describedAs("nap or night: the run waits at the count of one");
    static final Key<String> TOKEN = Key.of("token", String.class).secret();
    static final Key<String> TEXT = Key.of("text", String.class).optional().describedAs("A text that travels with the run");

    @Produces
    Flow loop(Count first, Count second, Count third) {
        return Flow.named("loop").describedAs("Counts")
                .takes(UNTIL, PADDING, REST, TOKEN.optional(), TEXT).gives(COUNT)
                .node("first", first).then("second").on("nap", "nap").on("night", "night").ends("done")
                .node("nap", Wait.of(Duration.ofSeconds(1))).then("second")
                .node("night", Wait.of(Duration.ofHours(8))).then("second")
                .node("second", second).then("third").ends("done")
                .node("third", third).then("first").ends("done")
                .build();
    }
}
