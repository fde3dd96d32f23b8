package dev.pocketflow.quarkus.deployment.app;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;

/** A node that stores whether the run is watched: {@code watched}. */
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
