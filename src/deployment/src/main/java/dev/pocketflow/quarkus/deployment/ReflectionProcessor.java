package dev.pocketflow.quarkus.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.TypeRef;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.deployment.util.JandexUtil;

/**
 * Registers the types of stored values for reflection. Jackson reads and writes them, and a native executable allows that for
 * registered types only. The types are the type arguments of keys, as fields and methods declare them, and of nodes. A key that
 * exists only inside a method has no declaration: {@code FlowContracts} and {@code FlowException.BadValue} name it.
 */
class ReflectionProcessor {

    private static final DotName KEY = DotName.createSimple(Key.class);
    private static final DotName TYPE_REF = DotName.createSimple(TypeRef.class);

    /** Indexes core: type arguments are resolved along its interfaces. */
    @BuildStep
    IndexDependencyBuildItem core() {
        return new IndexDependencyBuildItem("dev.pocketflow", "pocketflow-core");
    }

    @BuildStep
    ReflectiveClassBuildItem store() {
        return ReflectiveClassBuildItem.builder(Store.class).methods().build();
    }

    @BuildStep
    void types(CombinedIndexBuildItem combined, BuildProducer<ReflectiveHierarchyBuildItem> hierarchies) {
        IndexView index = combined.getIndex();
        Set<Type> types = new HashSet<>();
        for (ClassInfo node : NodeProcessor.nodes(index)) {
            for (Class<?> kind : List.of(Node.class, BatchNode.class, AsyncNode.class)) {
                arguments(index, node, DotName.createSimple(kind), types);
            }
        }
        index.getKnownUsers(KEY).forEach(user -> keys(user, types));
        references(index).forEach(each -> parts(each.superClassType().asParameterizedType().arguments().get(0), types));
        for (Type type : types) {
            hierarchies.produce(
                    ReflectiveHierarchyBuildItem.builder(type).index(index).source(getClass().getSimpleName()).build());
        }
    }

    /** Registers type references: a native executable knows the type parameters of registered classes only. */
    @BuildStep
    void typeReferences(CombinedIndexBuildItem combined, BuildProducer<ReflectiveClassBuildItem> classes) {
        references(combined.getIndex())
                .forEach(each -> classes.produce(ReflectiveClassBuildItem.builder(each.name().toString()).constructors(false)
                        .reason(getClass().getSimpleName()).build()));
    }

    private static List<ClassInfo> references(IndexView index) {
        return index.getAllKnownSubclasses(TYPE_REF).stream()
                .filter(each -> each.superClassType().kind() == Type.Kind.PARAMETERIZED_TYPE
                        && each.superName().equals(TYPE_REF))
                .toList();
    }

    /** Collects the types of the keys that a class has as fields, or that its methods return or take. */
    private static void keys(ClassInfo user, Set<Type> types) {
        user.fields().forEach(field -> keys(field.type(), types));
        user.methods().forEach(method -> {
            keys(method.returnType(), types);
            method.parameterTypes().forEach(parameter -> keys(parameter, types));
        });
    }

    private static void keys(Type type, Set<Type> types) {
        if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
            List<Type> arguments = type.asParameterizedType().arguments();
            arguments.forEach(each -> {
                if (type.name().equals(KEY)) {
                    parts(each, types);
                } else {
                    keys(each, types);
                }
            });
        }
    }

    /** Collects the types inside wildcards: a hierarchy does not look behind them. */
    private static void parts(Type type, Set<Type> types) {
        switch (type.kind()) {
            case PARAMETERIZED_TYPE -> {
                types.add(type);
                type.asParameterizedType().arguments().forEach(each -> parts(each, types));
            }
            case ARRAY -> parts(type.asArrayType().elementType(), types);
            case WILDCARD_TYPE -> parts(type.asWildcardType().extendsBound(), types);
            case CLASS -> types.add(type);
            default -> {
                // a primitive type, or a variable that no key uses
            }
        }
    }

    private static void arguments(IndexView index, ClassInfo node, DotName kind, Set<Type> types) {
        if (!node.isInterface() && index.getAllKnownImplementations(kind).contains(node)) {
            JandexUtil.resolveTypeParameters(node.name(), kind, index).stream()
                    .filter(type -> type.kind() != Type.Kind.TYPE_VARIABLE && type.kind() != Type.Kind.WILDCARD_TYPE)
                    .forEach(types::add);
        }
    }
}
