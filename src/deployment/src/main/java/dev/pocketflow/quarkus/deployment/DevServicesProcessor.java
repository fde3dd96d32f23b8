package dev.pocketflow.quarkus.deployment;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import dev.pocketflow.quarkus.spi.ServiceStandIn;
import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.http.LoopbackServer;
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

/** Starts stand-ins for the paid services of a function, in dev and test. So the function needs no key and no network. */
@BuildSteps(onlyIf = { IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class })
class DevServicesProcessor {

    private static final Logger LOG = Logger.getLogger(DevServicesProcessor.class);
    private static final String OPENAI = "quarkus.langchain4j.openai.";
    private static final String OPENAI_EXTENSION = "io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder";
    private static final String STAND_INS = "quarkus.pocketflow.stand-ins.";

    // live reloads run the build again: an unchanged stand-in keeps running
    private static final StandIn MODEL = new StandIn();
    private static final Map<String, StandIn> SERVICES = new ConcurrentHashMap<>();

    @BuildStep
    void watch(PocketFlowBuildTimeConfig config, BuildProducer<HotDeploymentWatchedFileBuildItem> watched) {
        watched.produce(new HotDeploymentWatchedFileBuildItem(config.devservices().modelScript()));
        for (ServiceStandIn service : ServiceLoader.load(ServiceStandIn.class)) {
            watched.produce(new HotDeploymentWatchedFileBuildItem(service.resource()));
        }
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

    /** Starts the stand-ins that the application provides for its own services. */
    @BuildStep
    List<DevServicesResultBuildItem> services(PocketFlowBuildTimeConfig config, CuratedApplicationShutdownBuildItem shutdown,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        List<DevServicesResultBuildItem> started = new ArrayList<>();
        for (ServiceStandIn service : ServiceLoader.load(ServiceStandIn.class)) {
            start(service, config.devservices().enabled(), shutdown, defaults).ifPresent(started::add);
        }
        return started;
    }

    private static Optional<DevServicesResultBuildItem> start(ServiceStandIn service, boolean enabled,
            CuratedApplicationShutdownBuildItem shutdown, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        StandIn standIn = SERVICES.computeIfAbsent(service.service(), name -> new StandIn());
        String prefix = service.configPrefix() + ".";
        Optional<String> text = text(service.resource());
        if (!enabled || text.isEmpty() || ConfigUtils.isPropertyNonEmpty(prefix + "api-key")) {
            if (text.isPresent()) {
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(STAND_INS + service.service(), "none"));
            }
            return standIn.stop();
        }
        refuseEmpty(prefix);
        return standIn.start(text.get(), shutdown, () -> {
            LoopbackServer server = LoopbackServer.start(0, service.service() + "-stand-in", service.handler(text.get()));
            String baseUrl = "http://" + server.authority();
            LOG.warnf("The service '%s' is not configured: a STAND-IN at %s answers from %s. For the real one set %sapi-key",
                    service.service(), baseUrl, service.resource(), prefix);
            return service(service.service() + "-stand-in", server::close, prefix, baseUrl, service.service());
        });
    }

    /**
     * Refuses a key that is set to an empty value. A stand-in's setting is a default, which the empty value overrides, and the
     * function could not read its key.
     */
    private static void refuseEmpty(String prefix) {
        for (String key : List.of(prefix + "api-key", prefix + "base-url")) {
            if ("".equals(ConfigProvider.getConfig().getConfigValue(key).getValue())) {
                throw new ConfigurationException(key + " (" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")
                        + " in the environment) is set, but empty: unset it, or give it a value", Set.of(key));
            }
        }
    }

    /**
     * @param service the mark of runs, so that a run which began with the real service does not continue on a stand-in
     *        unnoticed
     */
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

    /** A stand-in for one service, which runs until its script changes. */
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
