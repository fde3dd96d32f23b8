package dev.pocketflow.quarkus.deployment;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.SuspendedRunsBean;
import dev.pocketflow.quarkus.internal.interceptor.Attempts;
import dev.pocketflow.quarkus.internal.interceptor.AttemptsInterceptor;
import dev.pocketflow.quarkus.internal.interceptor.VisitInterceptor;
import dev.pocketflow.quarkus.internal.wiring.PocketFlowRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
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

/** Makes a flow a function: its beans, its entry points, and the graph built before the first request. */
class PocketFlowProcessor {

    private static final String PACKAGE = "dev.pocketflow.quarkus.internal.";
    private static final String HTTP = PACKAGE + "http.HttpEntryPoint";
    private static final String DOOR = PACKAGE + "http.HttpDoor";
    private static final String LAMBDA = PACKAGE + "entry.LambdaEntryPoint";
    /** These extensions declare no capability. */
    private static final String JSON_LOGGING_EXTENSION = "io.quarkus.logging.json.runtime.JsonFormatter";
    private static final String REDIS = PACKAGE + "ledger.RedisClient";
    private static final String LAMBDA_EXTENSION = "io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("pocketflow");
    }

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder()
                .addBeanClasses(FlowFunction.class, SuspendedRunsBean.class, Attempts.class, VisitInterceptor.class,
                        AttemptsInterceptor.class)
                .setUnremovable().build();
    }

    @BuildStep
    UnremovableBeanBuildItem flows() {
        return UnremovableBeanBuildItem.beanTypes(Flow.class);
    }

    /** An entry point is part of a function only where its platform's extension is: no other build can load its class. */
    @BuildStep
    void entryPoints(Capabilities capabilities, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE)) {
            indexed.produce(new AdditionalIndexedClassesBuildItem(HTTP));
            beans.produce(AdditionalBeanBuildItem.builder().addBeanClasses(HTTP, DOOR).setUnremovable().build());
        }
        if (QuarkusClassLoader.isClassPresentAtRuntime(LAMBDA_EXTENSION)) {
            indexed.produce(new AdditionalIndexedClassesBuildItem(LAMBDA));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(LAMBDA));
        }
    }

    /** So is Redis. */
    @BuildStep
    void redis(Capabilities capabilities, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.REDIS_CLIENT)) {
            indexed.produce(new AdditionalIndexedClassesBuildItem(REDIS));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(REDIS));
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void build(PocketFlowRecorder recorder, BeanContainerBuildItem beans, CombinedIndexBuildItem index) {
        recorder.serve(beans.getValue(), NodeProcessor.timeouts(index.getIndex()));
    }

    /** A service, as those start before anything is served, and after the clients that it uses are there. */
    @BuildStep
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    ServiceStartBuildItem configure(PocketFlowRecorder recorder, BeanContainerBuildItem beans, SettingNamesBuildItem names) {
        recorder.configure(beans.getValue(), names.keys, names.units, names.moreUnits);
        return new ServiceStartBuildItem("pocketflow");
    }

    /** Where the next hop can run in the same process, nothing has to be set up, nor where the same process remembers. */
    @BuildStep
    void handOver(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.hand-over", "local"));
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.ledger", "memory"));
        }
    }

    /** A value that no hop can carry is found where it is put, and not when the first run is long enough. */
    @BuildStep
    void checkValues(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.check-values", "true"));
        }
    }

    /** The memory for answers that callers do not read is bounded by connections, and HTTP/2 has many answers on each. */
    @BuildStep
    void onlyHttp1(Capabilities capabilities, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE)) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.http.http2", "false"));
        }
    }

    /** LangChain4j would log the bodies of failed requests, with the prompt where the model quotes it. */
    @BuildStep
    RunTimeConfigurationDefaultBuildItem modelFailures() {
        return new RunTimeConfigurationDefaultBuildItem("quarkus.log.category.\"dev.langchain4j.internal.RetryUtils\".level",
                "OFF");
    }

    /** Whose data are made up may read all of a failure. */
    @BuildStep
    void causes(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.pocketflow.log.causes", "true"));
        }
    }

    /** People read the log in dev and test; in production, machines do. */
    @BuildStep
    void logFormat(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode().isDevOrTest() && QuarkusClassLoader.isClassPresentAtRuntime(JSON_LOGGING_EXTENSION)) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.log.console.json.enabled", "false"));
        }
    }
}
