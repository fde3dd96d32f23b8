package dev.pocketflow.quarkus.internal.contract;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;

import dev.pocketflow.internal.json.Json;

/**
 * Reads the shape of a type from the deserializer that Jackson has for it. A type that Jackson reads in a way of its own, such
 * as a polymorphic one, is {@link Shape.Opaque}.
 */
final class ShapeReader {

    private static final Map<Class<?>, Shape> SCALARS = new HashMap<>();
    /** Annotations of Jakarta Bean Validation without which a member may be missing. */
    private static final Set<String> NOT_NULL = Set.of("jakarta.validation.constraints.NotNull",
            "jakarta.validation.constraints.NotBlank", "jakarta.validation.constraints.NotEmpty");
    static {
        for (Class<?> type : List.of(boolean.class, Boolean.class)) {
            SCALARS.put(type, Shape.BOOLEAN);
        }
        whole(Byte.MIN_VALUE, Byte.MAX_VALUE, byte.class, Byte.class);
        whole(Short.MIN_VALUE, Short.MAX_VALUE, short.class, Short.class);
        whole(Integer.MIN_VALUE, Integer.MAX_VALUE, int.class, Integer.class);
        whole(Long.MIN_VALUE, Long.MAX_VALUE, long.class, Long.class);
        SCALARS.put(BigInteger.class, new Shape.Numeric(true, Optional.empty(), Optional.empty()));
        SCALARS.put(BigDecimal.class, new Shape.Numeric(false, Optional.empty(), Optional.empty()));
        SCALARS.put(Number.class, new Shape.Numeric(false, Optional.empty(), Optional.empty()));
        for (Class<?> type : List.of(float.class, Float.class)) {
            SCALARS.put(type, Shape.Numeric.upTo(Float.MAX_VALUE));
        }
        for (Class<?> type : List.of(double.class, Double.class)) {
            SCALARS.put(type, Shape.Numeric.upTo(Double.MAX_VALUE));
        }
        for (Class<?> type : List.of(char.class, Character.class)) {
            SCALARS.put(type, new Shape.Text(Optional.empty(), List.of(), Character.class));
        }
        SCALARS.put(String.class, Shape.Text.PLAIN);
        SCALARS.put(CharSequence.class, Shape.Text.PLAIN);
        Map.of(UUID.class, "uuid", URI.class, "uri-reference", URL.class, "uri", LocalDate.class, "date", Instant.class,
                "date-time", OffsetDateTime.class, "date-time", Duration.class, "duration")
                .forEach((type, format) -> SCALARS.put(type, new Shape.Text(Optional.of(format), List.of(), type)));
        for (Class<?> type : List.of(LocalTime.class, LocalDateTime.class, ZonedDateTime.class, Period.class, ZoneId.class,
                Locale.class)) {
            SCALARS.put(type, new Shape.Text(Optional.empty(), List.of(), type));
        }
        SCALARS.put(OptionalInt.class, Shape.Nullable.of(SCALARS.get(int.class)));
        SCALARS.put(OptionalLong.class, Shape.Nullable.of(SCALARS.get(long.class)));
        SCALARS.put(OptionalDouble.class, Shape.Nullable.of(SCALARS.get(double.class)));
    }

    /** A mapper of its own: what it remembers of the types would be part of a native executable. */
    private final ObjectMapper mapper = Json.MAPPER.copy();
    private final DeserializationConfig config = mapper.getDeserializationConfig();
    private final DefaultDeserializationContext context = ((DefaultDeserializationContext) mapper.getDeserializationContext())
            .createDummyInstance(config);
    private final Map<JavaType, Shape.Fields> objects = new HashMap<>();

    private static void whole(long least, long most, Class<?>... types) {
        for (Class<?> type : types) {
            SCALARS.put(type, Shape.Numeric.whole(least, most));
        }
    }

    /** {@return the shape of a type; equal types give one object} */
    Shape read(JavaType type) {
        Shape scalar = SCALARS.get(type.getRawClass());
        if (scalar != null) {
            return scalar;
        } else if (type.isJavaLangObject() || JsonNode.class.isAssignableFrom(type.getRawClass())) {
            return Shape.ANY;
        } else if (type.getTypeHandler() != null || type.getValueHandler() != null) {
            return new Shape.Opaque(type);
        } else if (type.isReferenceType()) {
            return Shape.Nullable.of(read(type.getContentType()));
        } else if (type.isEnumType()) {
            return constants(type);
        } else if (type.isMapLikeType()) {
            return type.getKeyType().getRawClass() == String.class ? new Shape.Entries(read(type.getContentType()))
                    : new Shape.Opaque(type);
        } else if (type.isArrayType() && type.getContentType().isPrimitive()) {
            Class<?> each = type.getContentType().getRawClass();
            return each == byte.class || each == char.class
                    ? new Shape.Text(Optional.empty(), List.of(), type.getRawClass())
                    : new Shape.Items(read(type.getContentType()));
        } else if (type.isArrayType() || type.isCollectionLikeType()) {
            return new Shape.Items(read(type.getContentType()));
        }
        Shape.Fields known = objects.get(type);
        return known != null ? known : object(type);
    }

    private Shape constants(JavaType type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getRawClass().getEnumConstants()) {
            Object written = mapper.convertValue(constant, Object.class);
            if (!(written instanceof String name)) {
                return new Shape.Opaque(type);
            }
            names.add(name);
        }
        return new Shape.Text(Optional.empty(), List.copyOf(names), String.class);
    }

    private Shape object(JavaType type) {
        BeanDescription bean = config.introspect(type);
        JsonDeserializer<?> reader;
        try {
            reader = context.findRootValueDeserializer(type);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException("Jackson cannot read a " + type.toCanonical() + ": " + e.getOriginalMessage(),
                    e);
        }
        if (reader.getClass() != BeanDeserializer.class) {
            return new Shape.Opaque(type);
        }
        BeanDeserializer object = (BeanDeserializer) reader;
        if (object.getValueInstantiator().canCreateFromString()) {
            return new Shape.Text(Optional.empty(), List.of(), type.getRawClass());
        }
        boolean delegates = object.getValueInstantiator().canCreateUsingDelegate()
                || object.getValueInstantiator().canCreateUsingArrayDelegate();
        if (delegates || bean.findProperties().stream().anyMatch(ShapeReader::isUnwrapped)) {
            return new Shape.Opaque(type);
        }
        Shape.Fields shape = new Shape.Fields(type.getRawClass().getSimpleName(), bean.findAnySetterAccessor() != null
                || config.getDefaultPropertyIgnorals(type.getRawClass(), bean.getClassInfo()).getIgnoreUnknown());
        objects.put(type, shape);
        properties(object, type).forEach(property -> member(shape, property));
        return shape;
    }

    /**
     * {@return the members that Jackson reads; those of a record in the order of its components, which Jackson may not keep}
     */
    private static List<SettableBeanProperty> properties(BeanDeserializer object, JavaType type) {
        Map<String, SettableBeanProperty> all = new LinkedHashMap<>();
        for (Iterator<SettableBeanProperty> each : List.of(object.properties(), object.creatorProperties())) {
            each.forEachRemaining(property -> {
                if (property.getInjectableValueId() == null) {
                    all.putIfAbsent(property.getName(), property);
                }
            });
        }
        List<SettableBeanProperty> ordered = new ArrayList<>(all.values());
        if (type.isRecordType()) {
            ordered.sort(Comparator.comparingInt(SettableBeanProperty::getCreatorIndex));
        }
        return ordered;
    }

    private static boolean isUnwrapped(BeanPropertyDefinition property) {
        return property.getPrimaryMember() != null && property.getPrimaryMember().hasAnnotation(JsonUnwrapped.class);
    }

    private void member(Shape.Fields object, SettableBeanProperty property) {
        boolean own = property.getValueTypeDeserializer() != null
                || property.getMember() != null && property.getMember().hasAnnotation(JsonDeserialize.class);
        Shape shape = own ? Shape.ANY : read(property.getType());
        List<PropertyName> aliases = property.findAliases(config);
        boolean required = aliases.isEmpty() && isRequired(property);
        Shape.Member member = new Shape.Member(required ? shape : Shape.Nullable.of(shape), required,
                Optional.ofNullable(property.getMetadata().getDescription()));
        object.members.put(property.getName(), member);
        aliases.forEach(alias -> object.members.put(alias.getSimpleName(), member));
    }

    private static boolean isRequired(SettableBeanProperty property) {
        return property.isRequired() || property.getType().isPrimitive() && !property.getMetadata().hasDefaultValue()
                || property.getMember() != null && isNotNull(property.getMember().getAllAnnotations().annotations());
    }

    private static boolean isNotNull(Iterable<Annotation> annotations) {
        for (Annotation each : annotations) {
            if (NOT_NULL.contains(each.annotationType().getName())) {
                return true;
            }
        }
        return false;
    }
}
