package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class ConcurrencyWithoutForEachTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': concurrency(2) without forEach(...). "
                    + "Add forEach(...), or use Flow.branches(...) to run different flows side by side",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("a", say).concurrency(2).build();
        }
    }

    @Test
    void start_isRefused_forConcurrencyWithoutForEach() {
        App.started();
    }
}
