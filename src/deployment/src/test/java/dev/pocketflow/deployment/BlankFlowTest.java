package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class BlankFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "a flow's name must not be blank, was ' '",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named(" ").node("a", say).build();
        }
    }

    @Test
    void start_isRefused_forABlankFlowName() {
        App.started();
    }
}
