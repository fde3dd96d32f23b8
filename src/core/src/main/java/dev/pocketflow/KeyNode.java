package dev.pocketflow;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** A node from one key to another. */
record KeyNode<P extends @Nullable Object, R extends @Nullable Object>(Key<P> input, Node.Exec<? super P, ? extends R> exec,
        Key<R> output) implements Node<P, R> {

    KeyNode {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(exec, "exec");
        Objects.requireNonNull(output, "output");
    }

    @Override
    public P prep(Store shared) {
        return shared.get(input);
    }

    @Override
    public R exec(P prepared) throws Exception {
        return exec.exec(prepared);
    }

    @Override
    public @Nullable String post(Store shared, P prepared, R result) {
        shared.put(output, result);
        return null;
    }
}
