package dev.pocketflow;

import java.util.function.Function;

/** A node that only decides. */
record RouteNode(Function<Store, String> action) implements Node<Void, Void> {

    @Override
    public String post(Store shared, Void prepared, Void result) {
        return action.apply(shared);
    }
}
