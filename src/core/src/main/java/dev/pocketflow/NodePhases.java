package dev.pocketflow;

import java.lang.reflect.Modifier;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Finds a node class that overrides none of its phases. It does nothing: its author misspelt a method. */
final class NodePhases {

    private NodePhases() {
    }

    /**
     * {@return the class of a node that overrides no phase; null for every other step} A native executable hides methods that
     * are not registered. The answer is null there.
     */
    static @Nullable Class<?> overridesNone(Step step) {
        if (step instanceof BatchNode) {
            return overridesNone(step, BatchNode.class, List.class, List.class);
        } else if (step instanceof Node) {
            return overridesNone(step, Node.class, Object.class, Object.class);
        }
        return step instanceof AsyncNode ? overridesNone(step, AsyncNode.class, Object.class, Object.class) : null;
    }

    private static @Nullable Class<?> overridesNone(Step step, Class<?> kind, Class<?> prepared, Class<?> result) {
        Class<?> type = written(step.getClass(), kind);
        return isNative() || overrides(type, kind, "prep", Store.class) || overrides(type, kind, "exec", Object.class)
                || overrides(type, kind, "post", Store.class, prepared, result) ? null : type;
    }

    /**
     * {@return the class that a person wrote} A container extends it by a proxy that overrides every method. A class that
     * completes an abstract one is no proxy.
     */
    private static Class<?> written(Class<?> type, Class<?> kind) {
        Class<?> above = type.getSuperclass();
        return type.isSynthetic() && kind.isAssignableFrom(above) && !Modifier.isAbstract(above.getModifiers())
                ? written(above, kind)
                : type;
    }

    /** An override with narrower types has a bridge method with these. */
    private static boolean overrides(Class<?> type, Class<?> kind, String phase, Class<?>... parameters) {
        try {
            return type.getMethod(phase, parameters).getDeclaringClass() != kind;
        } catch (NoSuchMethodException | LinkageError e) {
            return true;
        }
    }

    /** Some methods may be registered, and others not. */
    private static boolean isNative() {
        return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    }
}
