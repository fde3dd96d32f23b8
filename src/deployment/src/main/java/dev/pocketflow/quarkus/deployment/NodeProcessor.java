package dev.pocketflow.quarkus.deployment;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.faulttolerance.Timeout;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.Declaration;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.Type;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.UniNode;
import dev.pocketflow.quarkus.internal.interceptor.Attempts;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/** Makes nodes and flows CDI beans. */
class NodeProcessor {

    private static final Set<DotName> KINDS = Stream.of(Node.class, BatchNode.class, AsyncNode.class)
            .map(DotName::createSimple).collect(Collectors.toUnmodifiableSet());
    private static final DotName FLOW = DotName.createSimple(Flow.class);
    private static final DotName PRODUCES = DotName.createSimple(Produces.class);
    private static final DotName INJECT = DotName.createSimple(Inject.class);
    private static final Set<String> PLAIN_PACKAGES = Set.of("java.lang", "java.util", "java.util.function");
    private static final Set<DotName> SCOPES = Set.of(BuiltinScope.APPLICATION.getName(), BuiltinScope.SINGLETON.getName(),
            BuiltinScope.DEPENDENT.getName());
    private static final long DEFAULT_TIMEOUT = 1000; // the annotation's default
    private static final DotName TIMEOUT = DotName.createSimple(Timeout.class);
    private static final List<String> FAULT_TOLERANCE = List.of("org.eclipse.microprofile.faulttolerance.",
            "io.smallrye.faulttolerance.api.");

    /** A node's class is one by the interfaces of this one. */
    @BuildStep
    AdditionalIndexedClassesBuildItem uniNode() {
        return new AdditionalIndexedClassesBuildItem(UniNode.class.getName());
    }

    /** {@return all classes that are nodes, abstract ones included} */
    static Set<ClassInfo> nodes(IndexView index) {
        Set<ClassInfo> nodes = new HashSet<>();
        KINDS.forEach(kind -> nodes.addAll(index.getAllKnownImplementations(kind)));
        return nodes;
    }

    @BuildStep
    AutoAddScopeBuildItem scope(CombinedIndexBuildItem index) {
        Set<DotName> nodes = nodes(index.getIndex()).stream().filter(NodeProcessor::isInstantiable).map(ClassInfo::name)
                .collect(Collectors.toSet());
        return AutoAddScopeBuildItem.builder().match((type, annotations, all) -> nodes.contains(type.name()))
                .defaultScope(BuiltinScope.APPLICATION).reason("it is a node").build();
    }

    /** {@return whether the container can make the node}. Other nodes are made by calling their constructors. */
    private static boolean isInstantiable(ClassInfo node) {
        return !node.isAbstract() && !node.isEnum() && !node.isRecord() && isConstructible(node)
                && switch (node.nestingType()) {
                    case TOP_LEVEL -> true;
                    case INNER -> Modifier.isStatic(node.flags());
                    default -> false;
                };
    }

    private static boolean isConstructible(ClassInfo node) {
        List<MethodInfo> constructors = node.constructors();
        return constructors.stream().anyMatch(any -> any.parametersCount() == 0 || any.hasAnnotation(INJECT))
                || constructors.size() == 1 && constructors.get(0).parameters().stream().allMatch(NodeProcessor::isInjectable);
    }

    /**
     * {@return whether the parameter can be a bean}. A text or a number without a qualifier cannot: such a constructor is
     * called by hand.
     */
    private static boolean isInjectable(MethodParameterInfo parameter) {
        Type type = parameter.type();
        return !parameter.annotations().isEmpty()
                || type.kind() != Type.Kind.PRIMITIVE && type.kind() != Type.Kind.ARRAY
                        && !PLAIN_PACKAGES.contains(type.name().packagePrefix());
    }

    /** Makes producers of flows singletons: a producer without a scope would build a flow for each injection point. */
    @BuildStep
    AnnotationsTransformerBuildItem flows() {
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.builder()
                .whenDeclaration(declaration -> FLOW.equals(produced(declaration)))
                .transform(producer -> {
                    if (producer.annotations().stream().noneMatch(annotation -> BuiltinScope.isIn(List.of(annotation)))) {
                        producer.add(AnnotationInstance.builder(Singleton.class).build());
                    }
                }));
    }

    /** {@return the type that a producer makes; null if the declaration is not a producer} */
    private static DotName produced(Declaration declaration) {
        if (declaration.kind() == AnnotationTarget.Kind.FIELD && declaration.hasDeclaredAnnotation(PRODUCES)) {
            return declaration.asField().type().name();
        }
        // a qualifier makes it a producer in Quarkus; any other annotation does no harm
        return declaration.kind() == AnnotationTarget.Kind.METHOD && !declaration.declaredAnnotations().isEmpty()
                ? declaration.asMethod().returnType().name()
                : null;
    }

    @BuildStep
    AnnotationsTransformerBuildItem attempts(CombinedIndexBuildItem combined) {
        IndexView index = combined.getIndex();
        Set<DotName> nodes = new HashSet<>();
        for (ClassInfo node : nodes(index)) {
            // an exec may be inherited from a class that is not a node itself
            for (ClassInfo type = node; type != null && nodes.add(type.name()); type = index.getClassByName(type.superName())) {
            }
        }
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                .whenMethod(method -> nodes.contains(method.declaringClass().name()) && isRepeatable(method))
                .transform(method -> method.add(AnnotationInstance.builder(Attempts.class).build())));
    }

    /**
     * {@return whether attempts of the method can be counted}. Bridges count too: if a class only adapts an inherited method,
     * the container intercepts the bridge.
     */
    private static boolean isRepeatable(MethodInfo method) {
        return isExec(method)
                && (method.annotations().stream().anyMatch(NodeProcessor::isFaultTolerance)
                        || method.declaringClass().declaredAnnotations().stream().anyMatch(NodeProcessor::isFaultTolerance));
    }

    /** Fault tolerance of a {@link UniNode} is on the method that its {@code exec} calls. */
    private static boolean isExec(MethodInfo method) {
        return (method.name().equals("exec") || method.name().equals("execUni")) && method.parametersCount() == 1;
    }

    private static boolean isFaultTolerance(AnnotationInstance annotation) {
        return FAULT_TOLERANCE.stream().anyMatch(annotation.name().toString()::startsWith);
    }

    /** {@return the {@code @Timeout}s of the nodes' execs, in milliseconds, by class and method: {@code a.b.Search/exec}} */
    static Map<String, Long> timeouts(IndexView index) {
        Map<String, Long> timeouts = new TreeMap<>();
        for (ClassInfo node : nodes(index)) {
            node.methods().stream().filter(method -> isExec(method) && method.hasAnnotation(TIMEOUT))
                    .forEach(exec -> timeouts.put(node.name() + "/" + exec.name(), millis(exec.annotation(TIMEOUT))));
        }
        return timeouts;
    }

    private static long millis(AnnotationInstance timeout) {
        long value = timeout.value() == null ? DEFAULT_TIMEOUT : timeout.value().asLong();
        ChronoUnit unit = timeout.value("unit") == null ? ChronoUnit.MILLIS
                : ChronoUnit.valueOf(timeout.value("unit").asEnum());
        return Duration.of(value, unit).toMillis();
    }

    @BuildStep
    void validate(ValidationPhaseBuildItem phase, BuildProducer<ValidationErrorBuildItem> errors) {
        if (phase.getContext().beans().matchBeanTypes(types -> types.stream().anyMatch(type -> type.name().equals(FLOW)))
                .isEmpty()) {
            errors.produce(error("there is no flow. Add a bean of type " + FLOW
                    + ", for example a method `@Produces Flow myFlow(MyNode node) { return Flow.named(...)....build(); }`"));
        }
        for (BeanInfo bean : phase.getContext().beans()) {
            String scope = " is @" + bean.getScope().getDotName().withoutPackagePrefix();
            if (is(bean, KINDS) && !SCOPES.contains(bean.getScope().getDotName())) {
                errors.produce(error("node " + bean.getImplClazz().name() + scope
                        + ": flows are built at static init, when that scope does not exist, and runs share their nodes."
                        + " Make it @ApplicationScoped, or remove the scope, and keep what belongs to a run in its store"));
            } else if (is(bean, Set.of(FLOW)) && bean.getScope().isNormal()) {
                errors.produce(error("the flow of " + producer(bean) + scope
                        + ": flows are built at static init, and shared as they are. Remove the scope, or make it @Singleton"));
            }
        }
    }

    private static boolean is(BeanInfo bean, Set<DotName> types) {
        return bean.getTypes().stream().anyMatch(type -> types.contains(type.name()));
    }

    private static String producer(BeanInfo bean) {
        if (bean.isProducerMethod()) {
            MethodInfo method = bean.getTarget().orElseThrow().asMethod();
            return method.declaringClass().name() + "." + method.name();
        }
        return bean.isProducerField() ? bean.getDeclaringBean().getBeanClass().toString() : bean.toString();
    }

    private static ValidationErrorBuildItem error(String message) {
        return new ValidationErrorBuildItem(new IllegalStateException(message));
    }
}
