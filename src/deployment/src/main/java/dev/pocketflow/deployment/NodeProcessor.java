package dev.pocketflow.deployment;

import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Produces;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.internal.Attempts;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/** Nodes and flows as CDI beans. */
class NodeProcessor {

    private static final DotName FLOW = DotName.createSimple(Flow.class);
    private static final DotName PRODUCES = DotName.createSimple(Produces.class);
    private static final Set<DotName> SCOPES = Set.of(BuiltinScope.APPLICATION.getName(), BuiltinScope.SINGLETON.getName(),
            BuiltinScope.DEPENDENT.getName());
    private static final List<String> FAULT_TOLERANCE = List.of("org.eclipse.microprofile.faulttolerance.",
            "io.smallrye.faulttolerance.api.");

    /** {@return all classes that are nodes, abstract ones included} */
    static Set<ClassInfo> nodes(IndexView index) {
        Set<ClassInfo> nodes = new HashSet<>();
        for (Class<?> kind : List.of(Node.class, BatchNode.class, AsyncNode.class)) {
            nodes.addAll(index.getAllKnownImplementations(kind));
        }
        return nodes;
    }

    @BuildStep
    AutoAddScopeBuildItem scope(CombinedIndexBuildItem index) {
        Set<DotName> nodes = nodes(index.getIndex()).stream().filter(NodeProcessor::isInstantiable).map(ClassInfo::name)
                .collect(Collectors.toSet());
        return AutoAddScopeBuildItem.builder().match((type, annotations, all) -> nodes.contains(type.name()))
                .defaultScope(BuiltinScope.APPLICATION).reason("it is a node").build();
    }

    private static boolean isInstantiable(ClassInfo node) {
        return !node.isAbstract() && switch (node.nestingType()) {
            case TOP_LEVEL -> true;
            case INNER -> Modifier.isStatic(node.flags());
            default -> false;
        };
    }

    /** A flow is built once: producers without a scope would build one for each injection point. */
    @BuildStep
    AnnotationsTransformerBuildItem flows() {
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                .whenMethod(method -> method.returnType().name().equals(FLOW) && method.hasAnnotation(PRODUCES))
                .transform(method -> {
                    if (method.annotations().stream().noneMatch(annotation -> BuiltinScope.isIn(List.of(annotation)))) {
                        method.add(AnnotationInstance.builder(jakarta.inject.Singleton.class).build());
                    }
                }));
    }

    @BuildStep
    AnnotationsTransformerBuildItem attempts(CombinedIndexBuildItem index) {
        Set<DotName> nodes = nodes(index.getIndex()).stream().map(ClassInfo::name).collect(Collectors.toSet());
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                .whenMethod(method -> nodes.contains(method.declaringClass().name()) && isRepeatable(method))
                .transform(method -> method.add(AnnotationInstance.builder(Attempts.class).build())));
    }

    private static boolean isRepeatable(MethodInfo method) {
        return method.name().equals("exec") && method.parametersCount() == 1 && !method.isSynthetic()
                && (method.annotations().stream().anyMatch(NodeProcessor::isFaultTolerance)
                        || method.declaringClass().declaredAnnotations().stream().anyMatch(NodeProcessor::isFaultTolerance));
    }

    private static boolean isFaultTolerance(AnnotationInstance annotation) {
        return FAULT_TOLERANCE.stream().anyMatch(annotation.name().toString()::startsWith);
    }

    @BuildStep
    void validate(ValidationPhaseBuildItem phase, CombinedIndexBuildItem index,
            BuildProducer<ValidationErrorBuildItem> errors) {
        if (phase.getContext().beans().matchBeanTypes(types -> types.stream().anyMatch(type -> type.name().equals(FLOW)))
                .isEmpty()) {
            errors.produce(error("there is no flow. Add a bean of type " + FLOW
                    + ", for example a method `@Produces Flow myFlow(MyNode node) { return Flow.named(...)....build(); }`"));
        }
        Set<DotName> nodes = nodes(index.getIndex()).stream().map(ClassInfo::name).collect(Collectors.toSet());
        for (BeanInfo bean : phase.getContext().beans().classBeans()) {
            DotName scope = bean.getScope().getDotName();
            if (nodes.contains(bean.getBeanClass()) && !SCOPES.contains(scope)) {
                errors.produce(error("node " + bean.getBeanClass() + " is @" + scope.withoutPackagePrefix()
                        + ": flows are built at static init, when that scope does not exist, and runs share their nodes."
                        + " Make it @ApplicationScoped, or remove the scope, and keep what belongs to a run in its store"));
            }
        }
    }

    private static ValidationErrorBuildItem error(String message) {
        return new ValidationErrorBuildItem(new IllegalStateException(message));
    }
}
