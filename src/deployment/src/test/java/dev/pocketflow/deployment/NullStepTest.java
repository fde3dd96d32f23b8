package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class NullStepTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad', node 'a': step",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("a", null).build();
        }
    }

    @Test
    void start_isRefused_forANodeWithoutAStep() {
        App.started();
    }
}
