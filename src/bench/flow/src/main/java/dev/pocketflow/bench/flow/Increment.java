package dev.pocketflow.bench.flow;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Counts one up. */
class Increment implements Node<Void, Void> {

    @Override
    public String post(Store shared, Void prepared, Void result) {
        shared.update(Counting.COUNT, count -> count + 1);
        return null;
    }
}
