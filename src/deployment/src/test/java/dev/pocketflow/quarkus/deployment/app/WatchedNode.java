package dev.pocketflow.quarkus.deployment.app;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;

/** Tells the store whether somebody watches the run: {@code watched}. */
public class WatchedNode implements Node<Void, Boolean> {

    @Override
    public Boolean exec(Void prepared) {
        return Visit.current().isWatched();
    }

    @Override
    public String post(Store shared, Void prepared, Boolean result) {
        shared.put("watched", result);
        return null;
    }
}
