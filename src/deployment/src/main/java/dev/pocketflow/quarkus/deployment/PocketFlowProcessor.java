package dev.pocketflow.quarkus.deployment;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.jandex.DotName;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.EventMapper;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.ReactiveFlows;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.FlowsBean;
import dev.pocketflow.quarkus.internal.entry.ReactiveFlowsBean;
import dev.pocketflow.quarkus.internal.entry.RunStarter;
import dev.pocketflow.quarkus.internal.interceptor.Attempts;
import dev.pocketflow.quarkus.internal.interceptor.AttemptsInterceptor;
import dev.pocketflow.quarkus.internal.interceptor.VisitInterceptor;
import dev.pocketflow.quarkus.internal.wiring.PocketFlowRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;

/** Turns a flow into a function: its beans, its entry points, and the graph, which is built before the first request. */
class PocketFlowProcessor {

    private static final String PACKAGE = "dev.pocketflow.quarkus.internal.";
    private static final Set<DotName> DOORS = Set.of(DotName.createSimple(Flows.class),
            DotName.createSimple(ReactiveFlows.class));
    private static final List<String> LAMBDA = List.of(PACKAGE + "lambda.LambdaEntryPoint", PACKAGE + "lambda.HttpEventRouter",
            PACKAGE + "lambda.LambdaInputs");
    /** Classes of extensions that declare no capability. */
    private static final String JSON_LOGGING_EXTENSION = "io.quarkus.logging.json.runtime.JsonFormatter";
    private static final String VALIDATION = PACKAGE + "contract.BeanValidationRules";
    private static final String REDIS = PACKAGE + "ledger.RedisClient";
    private static final String LAMBDA_EXTENSION = "io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("pocketflow");
    }

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder()
                .addBeanClasses(FlowFunction.class, RunStarter.class, FlowsBean.class, ReactiveFlowsBean.class, Attempts.class,
                        VisitInterceptor.class,
                        AttemptsInterceptor.class)
                .setUnremovable().build();
    }

    @BuildStep
    UnremovableBeanBuildItem flows() {
        return UnremovableBeanBuildItem.beanTypes(Flow.class, EventMapper.class);
    }

    /** Adds the entry point of Lambda only if its extension is present: no other build can load its class. */
    @BuildStep
    void lambda(BuildProducer<AdditionalIndexedClassesBuildItem> indexed, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (isLambda()) {
            OptionalBeans.add(LAMBDA, indexed, beans);
        }
    }

    /** Adds the constraints of Bean Validation only if the application has Hibernate Validator. */
    @BuildStep
    void validation(Capabilities capabilities, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.HIBERNATE_VALIDATOR)) {
            OptionalBeans.add(List.of(VALIDATION), indexed, beans);
        }
    }

    static boolean isLambda() {
        return QuarkusClassLoader.isClassPresentAtRuntime(LAMBDA_EXTENSION);
    }

    /** Adds the Redis ledger only if its extension is present. */
    @BuildStep
    void redis(Capabilities capabilities, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.REDIS_CLIENT)) {
            OptionalBeans.add(List.of(REDIS), indexed, beans);
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void build(PocketFlowRecorder recorder, BeanContainerBuildItem beans, CombinedIndexBuildItem index,
            Optional<HttpEntryBuildItem> http, Optional<McpToolsBuildItem> tools) {
        recorder.serve(beans.getValue(), NodeProcessor.timeouts(index.getIndex()), http.isPresent() || isLambda());
        if (tools.isPresent()) {
            recorder.checkTools(beans.getValue());
        }
    }

    /** Tells the developer of an application that no event reaches. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void unreached(PocketFlowRecorder recorder, ValidationPhaseBuildItem beans, Optional<HttpEntryBuildItem> http,
            Optional<McpToolsBuildItem> tools) {
        if (http.isEmpty() && tools.isEmpty() && !isLambda()) {
            recorder.unreached(beans.getContext().getInjectionPoints().stream()
                    .anyMatch(point -> DOORS.contains(point.getRequiredType().name())
                            && !point.getTargetInfo().contains(PACKAGE)));
        }
    }

    /** Configures the function as a service: services start before anything is served, and after the clients that they use. */
    @BuildStep
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    ServiceStartBuildItem configure(PocketFlowRecorder recorder, BeanContainerBuildItem beans, SettingNamesBuildItem names) {
        recorder.configure(beans.getValue(), names.keys, names.units, names.moreUnits);
        return new ServiceStartBuildItem("pocketflow");
    }

    /** Sets the defaults of dev and test: the next hop and the ledger use the same process, which needs no setup. */
    @BuildStep
    void handOver(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.hand-over", "local"));
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.ledger", "memory"));
        }
    }

    /**
     * Checks values in dev and test when they are put. Otherwise a value that no hop can carry is found only when a run is long
     * enough.
     */
    @BuildStep
    void checkValues(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.check-values", "true"));
        }
    }

    /** Shows the path in dev and test, where a person looks at the answers. */
    @BuildStep
    void path(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.answer.path", "true"));
        }
    }

    /** Switches off LangChain4j's log of failed requests: it holds their bodies, with the prompt if the model quotes it. */
    @BuildStep
    RunTimeConfigurationDefaultBuildItem modelFailures() {
        return new RunTimeConfigurationDefaultBuildItem("quarkus.log.category.\"dev.langchain4j.internal.RetryUtils\".level",
                "OFF");
    }

    /** Logs whole failures in dev and test, where the data are invented. */
    @BuildStep
    void causes(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.log.causes", "true"));
        }
    }

    /** Logs text in dev and test for people, and JSON in production for machines. */
    @BuildStep
    void logFormat(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest() && QuarkusClassLoader.isClassPresentAtRuntime(JSON_LOGGING_EXTENSION)) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.log.console.json.enabled", "false"));
        }
    }
}
