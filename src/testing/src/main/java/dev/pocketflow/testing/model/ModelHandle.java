package dev.pocketflow.testing.model;

import java.util.List;

/** A running scripted model, in this process or elsewhere. */
public interface ModelHandle extends AutoCloseable {

    String baseUrl();

    List<ModelRequest> requests();

    void prepend(String yaml);

    void reset();

    @Override
    void close();
}
