package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.ObservedRun;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class FaultToleranceConfigTest {

    private static final String PREFIX = FaultToleranceConfigTest.class.getName();

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(ByMethod.class, BySpecification.class, Off.class, ByGlobal.class, Flows.class,
                    ObservedRun.class)
            .overrideConfigKey("quarkus.fault-tolerance.\"" + PREFIX + "$ByMethod/exec\".retry.max-retries", "4")
            .overrideConfigKey(PREFIX + "$BySpecification/exec/Retry/maxRetries", "3")
            .overrideConfigKey("quarkus.fault-tolerance.\"" + PREFIX + "$Off/exec\".retry.enabled", "false")
            .overrideConfigKey("quarkus.fault-tolerance.global.retry.max-retries", "1")
            .overrideConfigKey("quarkus.fault-tolerance.global.retry.delay", "0")
            .overrideConfigKey("quarkus.fault-tolerance.global.retry.jitter", "0");

    static class ByMethod implements Node<Void, Void> {
        @Override
        @Retry(maxRetries = 2)
        public Void exec(Void prepared) {
            throw new IllegalStateException();
        }
    }

    static class BySpecification implements Node<Void, Void> {
        @Override
        @Retry(maxRetries = 2)
        public Void exec(Void prepared) {
            throw new IllegalStateException();
        }
    }

    static class Off implements Node<Void, Void> {
        @Override
        @Retry(maxRetries = 2)
        public Void exec(Void prepared) {
            throw new IllegalStateException();
        }
    }

    static class ByGlobal implements Node<Void, Void> {
        @Override
        @Retry
        public Void exec(Void prepared) {
            throw new IllegalStateException();
        }
    }

    static class Flows {
        @Produces
        Flow flow(ByGlobal node) {
            return Flow.named("served").node("a", node).build();
        }
    }

    @Inject
    ByMethod byMethod;
    @Inject
    BySpecification bySpecification;
    @Inject
    Off off;
    @Inject
    ByGlobal byGlobal;

    @Test
    void configuration_overridesTheAnnotation() {
        assertThat(ObservedRun.run(byMethod, Map.of()).attempts()).isEqualTo(5);
        assertThat(ObservedRun.run(bySpecification, Map.of()).attempts()).isEqualTo(4);
        assertThat(ObservedRun.run(off, Map.of()).attempts()).isEqualTo(1);
        assertThat(ObservedRun.run(byGlobal, Map.of()).attempts()).isEqualTo(2);
    }
}
