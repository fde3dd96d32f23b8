package dev.pocketflow.testing;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The extension behind {@link ScriptedModelTest}. Each annotated element has one model, which JUnit closes with the element's
 * context.
 */
final class ScriptedModelExtension implements BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ScriptedModelExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        model(context).reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ScriptedModel.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return model(context);
    }

    /** The model of the innermost annotated element, started when first asked for. */
    private static ScriptedModel model(ExtensionContext context) {
        ScriptedModelTest annotation = context.getElement().map(element -> element.getAnnotation(ScriptedModelTest.class))
                .orElse(null);
        if (annotation == null) {
            return model(context.getParent().orElseThrow());
        }
        return context.getStore(NAMESPACE).computeIfAbsent(context.getUniqueId(), key -> start(annotation),
                ScriptedModel.class);
    }

    private static ScriptedModel start(ScriptedModelTest annotation) {
        return (annotation.yaml().isEmpty() ? ScriptedModel.fromClasspath(annotation.script())
                : ScriptedModel.fromYaml(annotation.yaml())).start();
    }
}
