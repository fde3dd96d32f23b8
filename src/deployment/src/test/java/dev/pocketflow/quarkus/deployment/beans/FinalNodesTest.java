package dev.pocketflow.quarkus.deployment.beans;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class FinalNodesTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = BeansApplication.APP;

    static class Service {
    }

    static final class Last implements Node<Void, String> {
        private int calls;

        @Override
        @Retry(maxRetries = 1, delay = 0, jitter = 0)
        public String exec(Void prepared) {
            if (++calls == 1) {
                throw new IllegalStateException();
            }
            return "retried";
        }

        @Override
        public String post(Store shared, Void prepared, String result) {
            shared.put("last", result);
            return null;
        }
    }

    /** A record cannot have a client proxy, which is what an application scope is made of. */
    @Singleton
    record Data(Last last) implements Node<Void, String> {
        @Override
        public String exec(Void prepared) {
            return last == null ? "nothing" : "injected";
        }

        @Override
        public String post(Store shared, Void prepared, String result) {
            shared.put("record", result);
            return null;
        }
    }

    static class Flows {
        @Produces
        @Identifier("final")
        Flow flow(Last last, Data data) {
            return Flow.named("final").node("last", last).then("record").node("record", data).build();
        }
    }

    @Inject
    @Identifier("final")
    Flow flow;

    @Test
    void finalClassesAndRecords_work_asNodes() {
        Store store = Store.create();
        flow.run(store).orThrow();
        assertThat(store.asMap()).containsEntry("last", "retried").containsEntry("record", "injected");
    }
}
