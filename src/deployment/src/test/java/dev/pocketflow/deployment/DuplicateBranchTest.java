package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class DuplicateBranchTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': two branches are named 'same'. Rename one",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.branches("bad", Flow.named("same").node("a", say).build(), Flow.named("same").node("b", say).build());
        }
    }

    @Test
    void start_isRefused_forBranchesOfOneName() {
        App.started();
    }
}
