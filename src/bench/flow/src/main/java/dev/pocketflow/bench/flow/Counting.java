package dev.pocketflow.bench.flow;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;

/**
 * Counts to three. The input is {@code {"count": 0}} with any other entries. The output has the same entries and a count of 3.
 */
class Counting {
    static final Key<Integer> COUNT = Key.of("count", Integer.class);

    @Produces
    Flow counting(Increment increment) {
        return Flow.named("counting")
                .node("first", increment).then("second")
                .node("second", increment).then("third")
                .node("third", increment)
                .build();
    }
}
