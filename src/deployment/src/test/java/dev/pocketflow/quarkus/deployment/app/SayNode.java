package dev.pocketflow.quarkus.deployment.app;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** The smallest node that leaves a trace: {@code said} in the store. */
public class SayNode implements Node<Void, String> {

    @Override
    public String post(Store shared, Void prepared, String result) {
        shared.put("said", true);
        return null;
    }
}
