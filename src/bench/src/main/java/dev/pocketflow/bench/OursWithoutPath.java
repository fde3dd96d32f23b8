package dev.pocketflow.bench;

import java.time.Duration;

import dev.pocketflow.Run;

/** PocketFlow without a path. The walker then does not read the clock. */
public final class OursWithoutPath extends Ours {

    @Override
    public String name() {
        return super.name() + ", no path";
    }

    @Override
    Run configured(Run run, Shape shape) {
        return super.configured(run, shape).withoutPath();
    }

    @Override
    public Work durable(Shape shape) {
        throw new UnsupportedOperationException("an envelope needs the path. It shows what the run did.");
    }

    @Override
    public Work map(int items, Duration each) {
        throw new UnsupportedOperationException("a batch is only one step of a path.");
    }
}
