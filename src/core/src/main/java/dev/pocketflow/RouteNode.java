package dev.pocketflow;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** A node that only decides. */
record RouteNode(Function<Store, @Nullable String> action) implements Node<@Nullable Void, @Nullable Void> {

    @Override
    public @Nullable String post(Store shared, @Nullable Void prepared, @Nullable Void result) {
        return action.apply(shared);
    }
}
