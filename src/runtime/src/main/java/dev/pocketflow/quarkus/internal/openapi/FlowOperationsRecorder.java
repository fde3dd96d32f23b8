package dev.pocketflow.quarkus.internal.openapi;

import io.quarkus.arc.runtime.BeanContainer;
import io.quarkus.runtime.annotations.Recorder;

/** Tells the operations where the build has put the endpoints. */
@Recorder
public class FlowOperationsRecorder {

    /** @param path that all endpoints are below; empty for none */
    public void below(BeanContainer beans, String path) {
        beans.beanInstance(FlowOperations.class).below(path);
    }
}
