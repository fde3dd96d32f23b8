package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class NoFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("there is no flow. Add a bean of type dev.pocketflow.Flow", Say.class);

    @Test
    void build_isRefused_withoutAFlow() {
        App.started();
    }
}
