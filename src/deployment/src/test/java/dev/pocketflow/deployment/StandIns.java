package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.jboss.shrinkwrap.api.asset.StringAsset;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

/** The application of the Dev Services' tests. It has a flow: where two things are wrong, either may be told. */
class StandIns {

    @Produces
    Flow flow(Say say) {
        return Flow.named("served").node("say", say).build();
    }

    static QuarkusUnitTest refused(String message, String file, String text, Class<?>... extension) {
        return App.refused(message).withApplicationRoot(jar -> jar.addClasses(App.class, Say.class, StandIns.class)
                .addClasses(extension).addAsResource(new StringAsset(text), file));
    }
}
