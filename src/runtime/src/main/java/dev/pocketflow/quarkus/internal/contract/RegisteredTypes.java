package dev.pocketflow.quarkus.internal.contract;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.FlowException;
import dev.pocketflow.Key;

/** Finds the types that a native executable cannot make: their constructors are not part of it. */
final class RegisteredTypes {

    private RegisteredTypes() {
    }

    /** @throws FlowException if a class in the type of a key has no constructor; it names the key, the class and what to do */
    static void require(String flow, Key<?> key, JavaType type, Predicate<Class<?>> hasConstructor) {
        for (Class<?> each : concrete(type)) {
            if (!hasConstructor.test(each)) {
                throw new FlowException("flow '" + flow + "', key '" + key.name() + "' of its contract: this executable has no "
                        + "constructor of " + each.getName()
                        + ". The build registers the types of keys that a field or a method "
                        + "declares, such as `static final Key<" + each.getSimpleName()
                        + ">`. Declare the key so, or annotate the "
                        + "class with @RegisterForReflection");
            }
        }
    }

    /** {@return the classes in a type, its parameters included, that Jackson makes by a constructor of the application} */
    private static List<Class<?>> concrete(JavaType type) {
        List<Class<?>> classes = new ArrayList<>();
        Class<?> raw = type.getRawClass();
        boolean made = !raw.isPrimitive() && !raw.isArray() && !raw.isEnum() && !Modifier.isAbstract(raw.getModifiers());
        if (made && !raw.getName().startsWith("java.")) {
            classes.add(raw);
        }
        if (raw.isArray()) {
            classes.addAll(concrete(type.getContentType()));
        }
        for (int i = 0; i < type.containedTypeCount(); i++) {
            classes.addAll(concrete(type.containedType(i)));
        }
        return classes;
    }
}
