package dev.pocketflow;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * A type with its parameters, which a class literal cannot name. Immutable.
 *
 * <pre>{@code
 * Key<Map<String, List<Note>>> key = Key.of("notes", new TypeRef<>() {
 * });
 * }</pre>
 *
 * @param <T> the type
 */
public abstract class TypeRef<T extends @Nullable Object> {

    private final Type type;

    /**
     * Reads the type from the class that extends this one.
     *
     * @throws IllegalArgumentException if that class does not name the type, as {@code new TypeRef<List<Note>>() {}} does
     */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named) || named.getRawType() != TypeRef.class) {
            throw new IllegalArgumentException(getClass().getName()
                    + " names no type. Extend TypeRef directly, with a type in it: new TypeRef<List<Note>>() {}");
        }
        this.type = named.getActualTypeArguments()[0];
    }

    /** {@return the type} */
    Type type() {
        return type;
    }

    /** {@return the type's name} */
    @Override
    public String toString() {
        return type.getTypeName();
    }
}
