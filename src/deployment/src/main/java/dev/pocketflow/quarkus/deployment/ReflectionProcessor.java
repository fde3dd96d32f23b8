package dev.pocketflow.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

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
 * registered types only. The types are found in keys and in the type arguments of nodes.
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
        for (ClassInfo user : index.getKnownUsers(KEY)) {
            literals(user.name(), types);
        }
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

    /** Collects the class literals of {@code Key.of(name, Type.class)}, anywhere in the application. */
    private static void literals(DotName user, Set<Type> types) {
        String file = user.toString().replace('.', '/') + ".class";
        try (InputStream code = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            if (code != null) {
                new ClassReader(code).accept(new KeyLiterals(types), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Collects the class literals before calls of the methods of {@link Key}. */
    private static final class KeyLiterals extends ClassVisitor {
        private final Set<Type> types;

        KeyLiterals(Set<Type> types) {
            super(Opcodes.ASM9);
            this.types = types;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                private org.objectweb.asm.Type literal;

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof org.objectweb.asm.Type type) {
                        literal = type;
                    }
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean onInterface) {
                    if (literal != null && owner.equals(KEY.toString('/'))) {
                        add(literal.getSort() == org.objectweb.asm.Type.ARRAY ? literal.getElementType() : literal);
                        literal = null;
                    }
                }

                private void add(org.objectweb.asm.Type type) {
                    if (type.getSort() == org.objectweb.asm.Type.OBJECT) {
                        types.add(Type.create(DotName.createSimple(type.getClassName()), Type.Kind.CLASS));
                    }
                }
            };
        }
    }
}
