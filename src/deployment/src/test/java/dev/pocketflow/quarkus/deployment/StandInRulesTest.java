package dev.pocketflow.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpHandler;

import dev.pocketflow.quarkus.spi.ServiceStandIn;
import io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder;
import io.quarkus.bootstrap.classloading.MemoryClassPathElement;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The messages for settings that the Dev Services refuse. The build of an application shows one in {@link BadScriptTest}. */
class StandInRulesTest {

    private static final String EXTENSION = OpenAiRecorder.class.getName().replace('.', '/') + ".class";
    private static final String MODEL_KEY = "quarkus.langchain4j.openai.api-key";

    private final DevServicesProcessor processor = new DevServicesProcessor();
    private final ClassLoader original = Thread.currentThread().getContextClassLoader();

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

    /** Makes the class loader and the configuration of an application current. */
    private static PocketFlowBuildTimeConfig application(Map<String, String> files, Map<String, String> settings) {
        Map<String, byte[]> resources = new HashMap<>();
        files.forEach((name, text) -> resources.put(name, text.getBytes(StandardCharsets.UTF_8)));
        QuarkusClassLoader loader = QuarkusClassLoader
                .builder("application", StandInRulesTest.class.getClassLoader(), false)
                .addNormalPriorityElement(new MemoryClassPathElement(resources, true)).build();
        Thread.currentThread().setContextClassLoader(loader);
        SmallRyeConfig config = new SmallRyeConfigBuilder().withMapping(PocketFlowBuildTimeConfig.class)
                .withDefaultValues(settings).addDiscoveredConverters().build();
        ConfigProviderResolver.instance().registerConfig(config, loader);
        return config.getConfigMapping(PocketFlowBuildTimeConfig.class);
    }

    @AfterEach
    void restore() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProviderResolver.instance().getConfig());
        Thread.currentThread().setContextClassLoader(original);
    }

    @Test
    void modelStandIn_isRefused_withoutItsScript() {
        PocketFlowBuildTimeConfig config = application(Map.of(EXTENSION, ""), Map.of());

        assertThatThrownBy(() -> processor.model(config, null, item -> {
        })).isInstanceOf(ConfigurationException.class).hasMessage("No language model is configured, and there is no "
                + "model-script.yaml for the stand-in: add it to src/main/resources, or set " + MODEL_KEY);
    }

    @Test
    void modelStandIn_isRefused_forAKeyThatIsEmpty() {
        PocketFlowBuildTimeConfig config = application(Map.of(EXTENSION, "", "model-script.yaml", "- answer: x"),
                Map.of(MODEL_KEY, ""));

        assertThatThrownBy(() -> processor.model(config, null, item -> {
        })).isInstanceOf(ConfigurationException.class).hasMessage(MODEL_KEY
                + " (QUARKUS_LANGCHAIN4J_OPENAI_API_KEY in the environment) is set, but empty: unset it, or give it a value");
    }

    @Test
    void serviceStandIn_isRefused_forAKeyThatIsEmpty() {
        PocketFlowBuildTimeConfig config = application(
                Map.of("META-INF/services/" + ServiceStandIn.class.getName(), SearchStandIn.class.getName(), "pages.txt",
                        "no page"),
                Map.of("tavily.api-key", ""));

        assertThatThrownBy(() -> processor.services(config, null, item -> {
        })).isInstanceOf(ConfigurationException.class).hasMessage(
                "tavily.api-key (TAVILY_API_KEY in the environment) is set, but empty: unset it, or give it a value");
    }
}
