package dev.pocketflow.deployment;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class EmptySearchKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "tavily.api-key (TAVILY_API_KEY in the environment) is set, but empty: unset it, or give it a value",
            Say.class).withApplicationRoot(
                    jar -> jar.addClass(App.class)
                            .addAsResource(new StringAsset("[]"), "search-corpus.yaml"))
            .overrideConfigKey("tavily.api-key", "");

    @Test
    void start_isRefused_forASearchKeyThatIsEmpty() {
        App.started();
    }
}
