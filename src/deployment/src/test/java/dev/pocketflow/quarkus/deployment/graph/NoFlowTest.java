package dev.pocketflow.quarkus.deployment.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class NoFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused("there is no flow. Add a bean of type dev.pocketflow.Flow",
            SayNode.class);

    @Test
    void build_isRefused_withoutAFlow() {
        TestApplication.started();
    }
}
