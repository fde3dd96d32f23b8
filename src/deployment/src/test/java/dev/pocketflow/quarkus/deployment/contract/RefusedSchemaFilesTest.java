package dev.pocketflow.quarkus.deployment.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusProdModeTest;

/** A build with schemas of an application whose flow cannot be built. */
class RefusedSchemaFilesTest {

    @RegisterExtension
    static final QuarkusProdModeTest APP = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Application.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest", Version.getVersion())))
            .overrideConfigKey("quarkus.pocketflow.store-schema-directory", "target/pocketflow").setRun(false)
            .assertBuildException(refusal -> assertThat(refusal).rootCause()
                    .hasMessageContaining("the schemas of the flows cannot be written: the application ended with 1 before its")
                    .hasMessageContaining("remove quarkus.pocketflow.store-schema-directory")
                    .hasMessageContaining("leads to 'nowhere', which is no node"));

    static class Application {
        @Produces
        Flow broken() {
            return Flow.named("broken").node("go", Node.route(store -> null)).then("nowhere").build();
        }
    }

    @Test
    void build_fails_withWhatTheApplicationSays() {
        TestApplication.started();
    }
}
