package dev.pocketflow.quarkus.deployment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.DotName;

import dev.pocketflow.quarkus.internal.openapi.FlowOperationsRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/** The flows in the OpenAPI document of an application that has one. No other build can load the classes for it. */
class OpenApiProcessor {

    private static final String OPERATIONS = "dev.pocketflow.quarkus.internal.openapi.FlowOperations";
    private static final DotName APPLICATION_PATH = DotName.createSimple("jakarta.ws.rs.ApplicationPath");

    @BuildStep
    void operations(Capabilities capabilities, Optional<HttpEntryBuildItem> entry,
            BuildProducer<AdditionalIndexedClassesBuildItem> indexed, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (isDescribed(capabilities, entry)) {
            OptionalBeans.add(List.of(OPERATIONS), indexed, beans);
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void place(FlowOperationsRecorder recorder, Capabilities capabilities, Optional<HttpEntryBuildItem> entry,
            BeanContainerBuildItem beans, CombinedIndexBuildItem index) {
        if (isDescribed(capabilities, entry)) {
            recorder.below(beans.getValue(), below(index));
        }
    }

    private static boolean isDescribed(Capabilities capabilities, Optional<HttpEntryBuildItem> entry) {
        return entry.isPresent() && capabilities.isPresent(Capability.SMALLRYE_OPENAPI);
    }

    /** {@return the path of all endpoints of REST} The path of an application class replaces the configured one. */
    private static String below(CombinedIndexBuildItem index) {
        Config config = ConfigProvider.getConfig();
        Optional<String> root = config.getOptionalValue("quarkus.http.root-path", String.class);
        Optional<String> rest = index.getIndex().getAnnotations(APPLICATION_PATH).stream()
                .map(each -> each.value().asString()).findFirst()
                .or(() -> config.getOptionalValue("quarkus.rest.path", String.class));
        return Stream.of(root, rest).flatMap(Optional::stream).map(path -> path.replaceAll("^/*|/*$", ""))
                .filter(path -> !path.isEmpty()).map("/"::concat).collect(Collectors.joining());
    }
}
