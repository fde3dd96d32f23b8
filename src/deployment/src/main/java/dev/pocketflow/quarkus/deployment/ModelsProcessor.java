package dev.pocketflow.quarkus.deployment;

import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

import dev.pocketflow.quarkus.internal.telemetry.SingleRequestModelCustomizer;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/**
 * Prepares LangChain4j's models for nodes. It runs only if the function has the models: no other build can load their classes.
 */
class ModelsProcessor {

    static final String CHAT_MODELS = "dev.langchain4j.model.chat.listener.ChatModelListener";
    private static final String LISTENER = "dev.pocketflow.quarkus.internal.telemetry.TokenUsageListener";
    private static final String BUILDER = "dev.langchain4j.model.openai.OpenAiChatModel$OpenAiChatModelBuilder";
    private static final DotName SINGLE_REQUEST = DotName
            .createSimple("dev.pocketflow.quarkus.internal.telemetry.SingleRequestModelCustomizer");
    private static final DotName CUSTOMIZER = DotName.createSimple("io.quarkiverse.langchain4j.ModelBuilderCustomizer");
    private static final DotName MODEL_NAME = DotName.createSimple("io.quarkiverse.langchain4j.ModelName");
    private static final DotName AI_SERVICE = DotName.createSimple("io.quarkiverse.langchain4j.RegisterAiService");

    /** Keeps all beans of the listener's type: models look them up when they are made, and ArC does not see that. */
    @BuildStep
    void tokens(BuildProducer<AdditionalIndexedClassesBuildItem> indexed, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(CHAT_MODELS)) {
            indexed.produce(new AdditionalIndexedClassesBuildItem(LISTENER));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(LISTENER));
        }
    }

    /** Registers a customizer for each model: a model looks it up by the model's name. */
    @BuildStep
    void singleRequests(CombinedIndexBuildItem index, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(CUSTOMIZER.toString())
                && QuarkusClassLoader.isClassPresentAtRuntime(BUILDER)) {
            beans.produce(singleRequest("").done());
            for (String name : models(index.getIndex())) {
                beans.produce(singleRequest(name)
                        .addQualifier().annotation(MODEL_NAME).addValue("value", name).done()
                        .done());
            }
        }
    }

    private static ExtendedBeanConfigurator singleRequest(String model) {
        return SyntheticBeanBuildItem.configure(SINGLE_REQUEST)
                .addType(ParameterizedType.create(CUSTOMIZER, new Type[] { ClassType.create(DotName.createSimple(BUILDER)) },
                        null))
                .identifier("model " + model).param("name", model).unremovable()
                .creator(SingleRequestModelCustomizer.Creator.class);
    }

    /** {@return the names of the models; the model without a name is left out} */
    private static Set<String> models(IndexView index) {
        Set<String> names = new TreeSet<>();
        for (AnnotationInstance each : index.getAnnotations(MODEL_NAME)) {
            names.add(each.value().asString());
        }
        for (AnnotationInstance each : index.getAnnotations(AI_SERVICE)) {
            AnnotationValue name = each.value("modelName");
            if (name != null) {
                names.add(name.asString());
            }
        }
        names.remove("<default>");
        return names;
    }
}
