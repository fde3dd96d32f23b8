package dev.pocketflow.quarkus.deployment;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.search.CorpusSearch;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem.RunningDevService;
import io.quarkus.deployment.builditem.HotDeploymentWatchedFileBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Stand-ins for the paid services of a function, in dev and test: it answers with no key and no network. */
@BuildSteps(onlyIf = { IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class })
class DevServicesProcessor {

    private static final Logger LOG = Logger.getLogger(DevServicesProcessor.class);
    private static final String OPENAI = "quarkus.langchain4j.openai.";
    private static final String OPENAI_EXTENSION = "io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder";
    private static final String TAVILY = "tavily.";
    private static final String STAND_INS = "pocketflow.stand-ins.";

    // live reloads run the build again: what has not changed goes on
    private static final StandIn MODEL = new StandIn();
    private static final StandIn SEARCH = new StandIn();

    @BuildStep
    void watch(PocketFlowBuildTimeConfig config, BuildProducer<HotDeploymentWatchedFileBuildItem> watched) {
        watched.produce(new HotDeploymentWatchedFileBuildItem(config.devservices().modelScript()));
        watched.produce(new HotDeploymentWatchedFileBuildItem(config.devservices().searchCorpus()));
    }

    @BuildStep
    Optional<DevServicesResultBuildItem> model(PocketFlowBuildTimeConfig config, CuratedApplicationShutdownBuildItem shutdown,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (!config.devservices().enabled() || !QuarkusClassLoader.isClassPresentAtRuntime(OPENAI_EXTENSION)
                || ConfigUtils.isAnyPropertyPresent(List.of(OPENAI + "api-key", OPENAI + "base-url"))) {
            if (QuarkusClassLoader.isClassPresentAtRuntime(OPENAI_EXTENSION)) {
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(STAND_INS + "model", "none"));
            }
            return MODEL.stop();
        }
        refuseEmpty(OPENAI);
        String file = config.devservices().modelScript();
        String script = text(file)
                .orElseThrow(() -> new ConfigurationException("No language model is configured, and there is no "
                        + file + " for the stand-in: add it to src/main/resources, or set " + OPENAI + "api-key"));
        return MODEL.start(script, shutdown, () -> {
            ScriptedModel model = ScriptedModel.fromYaml(file, script).start();
            LOG.warnf("No language model is configured: a STAND-IN at %s answers from %s. For a real one set %sapi-key",
                    model.baseUrl(), file, OPENAI);
            return service("scripted-model", model::close, OPENAI, model.baseUrl(), "model");
        });
    }

    @BuildStep
    Optional<DevServicesResultBuildItem> search(PocketFlowBuildTimeConfig config,
            CuratedApplicationShutdownBuildItem shutdown, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        String file = config.devservices().searchCorpus();
        Optional<String> corpus = text(file);
        if (!config.devservices().enabled() || corpus.isEmpty() || ConfigUtils.isPropertyNonEmpty(TAVILY + "api-key")) {
            if (corpus.isPresent()) {
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(STAND_INS + "search", "none"));
            }
            return SEARCH.stop();
        }
        refuseEmpty(TAVILY);
        return SEARCH.start(corpus.get(), shutdown, () -> {
            CorpusSearch search = CorpusSearch.start(file, corpus.get());
            LOG.warnf("No web search is configured: a STAND-IN at %s searches %s. For the real one set %sapi-key",
                    search.baseUrl(),
                    file, TAVILY);
            return service("corpus-search", search::close, TAVILY, search.baseUrl(), "search");
        });
    }

    /** What a stand-in sets is a default, and gives way to what is set to nothing: the function could not read its key. */
    private static void refuseEmpty(String prefix) {
        for (String key : List.of(prefix + "api-key", prefix + "base-url")) {
            if ("".equals(ConfigProvider.getConfig().getConfigValue(key).getValue())) {
                throw new ConfigurationException(key + " (" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")
                        + " in the environment) is set, but empty: unset it, or give it a value", Set.of(key));
            }
        }
    }

    /** @param service what runs are marked with, so that none begins with the real one and continues on a stand-in unseen */
    private static RunningDevService service(String name, Closeable close, String prefix, String baseUrl, String service) {
        return new RunningDevService(name, null, close, Map.of(prefix + "base-url", baseUrl, prefix + "api-key", "stand-in",
                STAND_INS + service, prefix + "api-key"));
    }

    private static Optional<String> text(String resource) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** One service, as long as what it answers from stays the same. */
    private static final class StandIn {
        private RunningDevService running;
        private String source;

        synchronized Optional<DevServicesResultBuildItem> start(String text, CuratedApplicationShutdownBuildItem shutdown,
                Supplier<RunningDevService> starter) {
            if (running == null || !text.equals(source)) {
                stop();
                running = starter.get();
                source = text;
                shutdown.addCloseTask(this::stop, true);
            }
            return Optional.of(running.toBuildItem());
        }

        synchronized Optional<DevServicesResultBuildItem> stop() {
            if (running != null) {
                try {
                    running.close();
                } catch (IOException e) {
                    LOG.warn("a stand-in did not stop", e);
                }
                running = null;
            }
            return Optional.empty();
        }
    }
}
