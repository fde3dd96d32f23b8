package dev.pocketflow.internal.json;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JavaType;

/** The Jackson type of a key's values. A type with an open parameter is refused. */
public final class KeyTypes {

    private KeyTypes() {
    }

    /** @throws IllegalArgumentException if the type, or a type in it, has an open parameter */
    public static JavaType of(String name, Type type) {
        check(name, type);
        return Json.MAPPER.constructType(boxed(type));
    }

    public static JavaType listOf(String name, Class<?> element) {
        return Json.MAPPER.getTypeFactory().constructCollectionType(List.class, of(name, element));
    }

    public static JavaType mapOf(String name, Class<?> value) {
        return Json.MAPPER.getTypeFactory().constructMapType(Map.class, Json.MAPPER.constructType(String.class),
                of(name, value));
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> plain ? MethodType.methodType(plain).wrap().returnType() : type;
    }

    private static void check(String name, Type type) {
        if (type instanceof Class<?> plain) {
            checkClass(name, plain);
        } else if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                check(name, argument);
            }
        } else if (type instanceof GenericArrayType array) {
            check(name, array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getUpperBounds()) {
                check(name, bound);
            }
        } else if (type instanceof TypeVariable<?>) {
            throw new IllegalArgumentException("key '" + name + "': the type variable " + type.getTypeName()
                    + " is not known at run time. Name the type where the key is made: new TypeRef<List<Note>>() {}");
        }
    }

    private static void checkClass(String name, Class<?> type) {
        if (type.isArray()) {
            checkClass(name, type.getComponentType());
        } else if (type.getTypeParameters().length > 0) {
            throw new IllegalArgumentException("key '" + name + "': " + type.getName()
                    + " is generic, and its values would come back as maps. Say what is in it: " + fix(type));
        }
    }

    private static String fix(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "Key.listOf(name, Element.class), or Object.class for any JSON";
        } else if (Map.class.isAssignableFrom(type)) {
            return "Key.mapOf(name, Value.class), or Object.class for any JSON";
        }
        String arguments = ", Other".repeat(type.getTypeParameters().length - 1);
        return "Key.of(name, new TypeRef<" + type.getSimpleName() + "<Some" + arguments + ">>() {})";
    }
}
