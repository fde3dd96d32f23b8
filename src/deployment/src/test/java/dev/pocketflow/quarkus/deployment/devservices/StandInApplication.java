package dev.pocketflow.quarkus.deployment.devservices;

import jakarta.enterprise.inject.Produces;

import org.jboss.shrinkwrap.api.asset.StringAsset;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** The application of the Dev Services' tests. It has a flow: where two things are wrong, either may be told. */
class StandInApplication {

    @Produces
    Flow flow(SayNode say) {
        return Flow.named("served").node("say", say).build();
    }

    static QuarkusUnitTest refused(String message, String file, String text, Class<?>... extension) {
        return TestApplication.refused(message)
                .withApplicationRoot(
                        jar -> jar.addClasses(TestApplication.CLASSES).addClasses(SayNode.class, StandInApplication.class)
                                .addClasses(extension).addAsResource(new StringAsset(text), file));
    }
}
