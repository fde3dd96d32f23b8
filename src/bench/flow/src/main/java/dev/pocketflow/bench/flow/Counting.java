package dev.pocketflow.bench.flow;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;

/** Counts to three: {@code {"count": 0}} and whatever else in, the same with 3 out. */
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
