package dev.pocketflow.quarkus.deployment.devservices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class EmptySearchKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = StandInApplication.refused(
            "tavily.api-key (TAVILY_API_KEY in the environment) is set, but empty: unset it, or give it a value",
            "search-corpus.yaml", "[]").overrideConfigKey("tavily.api-key", "");

    @Test
    void start_isRefused_forASearchKeyThatIsEmpty() {
        TestApplication.started();
    }
}
