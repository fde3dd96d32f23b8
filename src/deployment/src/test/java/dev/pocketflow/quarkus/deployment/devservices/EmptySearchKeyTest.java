package dev.pocketflow.quarkus.deployment.devservices;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.sun.net.httpserver.HttpHandler;

import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.spi.ServiceStandIn;
import io.quarkus.test.QuarkusUnitTest;

class EmptySearchKeyTest {

    public static class SearchStandIn implements ServiceStandIn {
        @Override
        public String service() {
            return "search";
        }

        @Override
        public String configPrefix() {
            return "tavily";
        }

        @Override
        public String resource() {
            return "pages.txt";
        }

        @Override
        public HttpHandler handler(String text) {
            throw new AssertionError("The key is wrong, so nothing may start");
        }
    }

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "tavily.api-key (TAVILY_API_KEY in the environment) is set, but empty: unset it, or give it a value")
            .withApplicationRoot(jar -> jar
                    .addClasses(TestApplication.class, SayNode.class, StandInApplication.class, SearchStandIn.class)
                    .addAsServiceProvider(ServiceStandIn.class, SearchStandIn.class)
                    .addAsResource(new StringAsset("no page"), "pages.txt"))
            .overrideConfigKey("tavily.api-key", "");

    @Test
    void start_isRefused_forASearchKeyThatIsEmpty() {
        TestApplication.started();
    }
}
