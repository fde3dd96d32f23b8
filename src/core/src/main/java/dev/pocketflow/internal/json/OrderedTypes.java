package dev.pocketflow.internal.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.AbstractTypeResolver;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.module.SimpleModule;

/** Reads sets and maps in the order in which they were written. The JSON therefore stays the same over any number of reads. */
final class OrderedTypes extends AbstractTypeResolver {

    /** {@return the module that registers it with a mapper} */
    static SimpleModule module() {
        return new SimpleModule("ordered") {
            private static final long serialVersionUID = 1;

            @Override
            public void setupModule(SetupContext context) {
                context.addAbstractTypeResolver(new OrderedTypes());
            }
        };
    }

    @Override
    public JavaType findTypeMapping(DeserializationConfig config, JavaType type) {
        Class<?> raw = type.getRawClass();
        Class<?> ordered = raw == Set.class || raw == HashSet.class ? LinkedHashSet.class
                : raw == HashMap.class ? LinkedHashMap.class : null;
        return ordered == null ? null : config.getTypeFactory().constructSpecializedType(type, ordered);
    }
}
