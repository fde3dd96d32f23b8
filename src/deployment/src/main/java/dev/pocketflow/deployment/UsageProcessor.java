package dev.pocketflow.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;

/** Counts the tokens of LangChain4j's models, where a function has them: no other build can load the class that does. */
class UsageProcessor {

    private static final String CHAT_MODELS = "dev.langchain4j.model.chat.listener.ChatModelListener";
    private static final String LISTENER = "dev.pocketflow.quarkus.internal.TokenUsageListener";

    /** Models ask for all beans of the listener's type when they are made, which ArC does not see. */
    @BuildStep
    void tokens(BuildProducer<AdditionalIndexedClassesBuildItem> indexed, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(CHAT_MODELS)) {
            indexed.produce(new AdditionalIndexedClassesBuildItem(LISTENER));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(LISTENER));
        }
    }
}
