package dev.pocketflow.quarkus.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.resteasy.reactive.spi.AdditionalResourceClassBuildItem;

/** The function over HTTP. Its classes are part of a build that has quarkus-rest only: no other build can load them. */
class HttpProcessor {

    private static final String PACKAGE = "dev.pocketflow.quarkus.internal.http.";
    private static final String ENTRY = PACKAGE + "HttpEntryPoint";
    private static final String FLOWS = PACKAGE + "HttpFlowsEntryPoint";
    private static final String STATUS = PACKAGE + "HttpStatusEntryPoint";
    private static final List<String> CLASSES = List.of(ENTRY, STATUS, PACKAGE + "HttpRuns", PACKAGE + "HttpDoor",
            PACKAGE + "HttpRefusals");
    private static final String PROBLEMS = PACKAGE + "Problems";
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final DotName POST = DotName.createSimple("jakarta.ws.rs.POST");
    private static final DotName GET = DotName.createSimple("jakarta.ws.rs.GET");

    @BuildStep
    void entry(Capabilities capabilities, PocketFlowBuildConfig config, BuildProducer<HttpEntryBuildItem> entries) {
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE) && config.http().enabled()) {
            entries.produce(new HttpEntryBuildItem(FunctionPaths.of(config.http())));
        }
    }

    @BuildStep
    void beans(Optional<HttpEntryBuildItem> entry, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (entry.isPresent()) {
            List<String> classes = new ArrayList<>(CLASSES);
            if (entry.get().paths.all()) {
                classes.add(FLOWS);
            }
            OptionalBeans.add(classes, indexed, beans);
        }
    }

    /** Answers the exceptions of runs, also if only the application's own endpoints start them. */
    @BuildStep
    void problems(Capabilities capabilities, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE)) {
            OptionalBeans.add(List.of(PROBLEMS), indexed, beans);
        }
    }

    /** Puts the endpoints below the configured path: they have no path of their own. */
    @BuildStep
    void paths(Optional<HttpEntryBuildItem> entry, CombinedIndexBuildItem index,
            BuildProducer<AdditionalResourceClassBuildItem> endpoints) {
        if (entry.isPresent()) {
            endpoints.produce(endpoint(index, ENTRY, entry.get().paths.root()));
            endpoints.produce(endpoint(index, STATUS, entry.get().paths.runs()));
            if (entry.get().paths.all()) {
                endpoints.produce(endpoint(index, FLOWS, entry.get().paths.flows()));
            }
        }
    }

    private static AdditionalResourceClassBuildItem endpoint(CombinedIndexBuildItem index, String name, String path) {
        return new AdditionalResourceClassBuildItem(index.getIndex().getClassByName(name), path);
    }

    /** Refuses an endpoint of the application at a path of the function, in words that name both and the way out. */
    @BuildStep
    void conflicts(Optional<HttpEntryBuildItem> entry, CombinedIndexBuildItem combined,
            BuildProducer<ValidationErrorBuildItem> errors) {
        if (entry.isPresent()) {
            IndexView index = combined.getIndex();
            Map<DotName, Set<String>> claimed = claimed(entry.get().paths);
            for (DotName method : List.of(POST, GET)) {
                for (AnnotationInstance each : index.getAnnotations(method)) {
                    String path = each.target().kind() == AnnotationTarget.Kind.METHOD ? path(each.target().asMethod()) : null;
                    if (path != null && claimed.get(method).contains(path)) {
                        errors.produce(new ValidationErrorBuildItem(conflict(method, path, each.target().asMethod())));
                    }
                }
            }
        }
    }

    private static Map<DotName, Set<String>> claimed(FunctionPaths paths) {
        String flow = paths.flows() + "/{}";
        String run = paths.runs() + "/{}";
        return paths.all() ? Map.of(POST, Set.of(paths.root(), flow), GET, Set.of(paths.graph(), run, paths.flows(), flow))
                : Map.of(POST, Set.of(paths.root()), GET, Set.of(paths.graph(), run));
    }

    /** {@return the path of an endpoint of the application, with parameters as {@code {}}; null if it has none of its own} */
    private static String path(MethodInfo endpoint) {
        ClassInfo type = endpoint.declaringClass();
        AnnotationInstance base = type.declaredAnnotation(PATH);
        if (base == null || type.name().toString().startsWith(PACKAGE)) {
            return null;
        }
        AnnotationInstance own = endpoint.annotation(PATH);
        return path(base.value().asString(), own == null ? "" : own.value().asString());
    }

    private static Throwable conflict(DotName method, String path, MethodInfo endpoint) {
        return new IllegalStateException(method.withoutPackagePrefix() + " " + path + " is claimed twice: by "
                + endpoint.declaringClass().name() + "#" + endpoint.name() + ", and by the function of PocketFlow. Move the "
                + "function with quarkus.pocketflow.http.path, or switch it off with quarkus.pocketflow.http.enabled=false and "
                + "start runs by dev.pocketflow.quarkus.Flows");
    }

    private static String path(String base, String relative) {
        String joined = ("/" + base + "/" + relative).replaceAll("/+", "/").replaceAll("\\{[^}]*}", "{}");
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }

    /** Allows HTTP/1.1 only. The memory for unread answers is limited per connection, and HTTP/2 has many answers on each. */
    @BuildStep
    void onlyHttp1(Optional<HttpEntryBuildItem> entry, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (entry.isPresent()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.http.http2", "false"));
        }
    }
}
