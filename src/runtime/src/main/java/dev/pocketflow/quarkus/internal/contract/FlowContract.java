package dev.pocketflow.quarkus.internal.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;

/** The contract of a flow, with the shapes of its keys. Immutable. */
public final class FlowContract {

    private final Flow flow;
    private final Map<Key<?>, Shape> takes = new LinkedHashMap<>();
    private final Map<Key<?>, Shape> gives = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>(); // of the keys that it takes

    /** Reads the shapes of the flow's keys, once. */
    public FlowContract(Flow flow) {
        this.flow = flow;
        ShapeReader shapes = new ShapeReader();
        flow.takes().orElse(List.of()).forEach(key -> takes.put(key, shape(shapes, key)));
        takes.keySet().forEach(key -> names.add(key.name()));
        flow.gives().orElse(List.of()).forEach(key -> gives.put(key, shape(shapes, key)));
    }

    private Shape shape(ShapeReader shapes, Key<?> key) {
        try {
            Shape shape = shapes.read(ModelAccess.get().type(key));
            return key.isOptional() ? Shape.Nullable.of(shape) : shape;
        } catch (IllegalArgumentException e) {
            throw new FlowException("flow '" + flow.name() + "', key '" + key.name() + "' of its contract: " + e.getMessage()
                    + ". Give the type a constructor that Jackson can call, or make it a record", e);
        }
    }

    /** {@return the keys of the answer; empty if it is the whole store} */
    public Optional<List<Key<?>>> gives() {
        return flow.gives();
    }

    /**
     * Checks the input of a new run.
     *
     * @param input the event's values
     * @param ignoresUnknown whether values that the flow does not take are dropped; otherwise they are refused
     * @param rules for the values that have the right types
     * @return the run's first store: the keys that the flow takes, each of its type; the input itself if the flow does not
     *         declare what it takes
     * @throws BadEvent if the input is refused; it names every fault
     */
    public Store accept(Store input, boolean ignoresUnknown, ValueRules rules) {
        if (flow.takes().isEmpty()) {
            return input;
        }
        ShapeCheck check = new ShapeCheck(ignoresUnknown);
        Map<String, Object> given = input.asMap();
        Map<String, Object> checked = new LinkedHashMap<>();
        takes.forEach((key, shape) -> {
            Place place = Place.INPUT.at(key.name());
            if (key.isOptional() && given.get(key.name()) == null) {
                return; // null is no value
            } else if (given.containsKey(key.name())) {
                checked.put(key.name(), check.check(shape, given.get(key.name()), place));
            } else if (isRequired(key, shape)) {
                check.fault(place, "is missing, where " + shape.expected() + " is expected");
            }
        });
        if (!ignoresUnknown) {
            given.keySet().stream().filter(name -> !names.contains(name))
                    .forEach(name -> check.fault(Place.INPUT.at(name), "is unknown: the flow takes " + names));
        }
        refuse(check);
        return store(Store.of(checked), check, rules);
    }

    /** Reads each value as its type: Jackson may refuse what has the right shape, such as a month 13. */
    private Store store(Store store, ShapeCheck check, ValueRules rules) {
        takes.forEach((key, shape) -> {
            Place place = Place.INPUT.at(key.name());
            try {
                store.find(key).ifPresent(value -> rules.faults(place, value).forEach(check::fault));
            } catch (FlowException.BadValue e) {
                check.fault(place, "cannot be read as " + shape.expected());
            }
        });
        refuse(check);
        return store;
    }

    private void refuse(ShapeCheck check) {
        if (!check.faults().isEmpty()) {
            throw new BadEvent(ShapeCheck.sentence(flow.name(), check.faults()), check.faults());
        }
    }

    private static boolean isRequired(Key<?> key, Shape shape) {
        return !(key.isOptional() || shape instanceof Shape.Nullable) && key.defaultValue().isEmpty();
    }

    /**
     * {@return the JSON Schema of the input, with the output's as the definition {@code output}}
     *
     * @param ignoresUnknown as for {@link #accept}
     */
    public Map<String, Object> schema(boolean ignoresUnknown) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", JsonSchema.DRAFT);
        whole.put("title", flow.name());
        flow.description().ifPresent(text -> whole.put("description", text));
        whole.put("$ref", "#/$defs/input");
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("input", input(ignoresUnknown, "#/$defs/input/$defs/"));
        definitions.put("output", output("#/$defs/output/$defs/"));
        whole.put("$defs", definitions);
        return whole;
    }

    /**
     * {@return the JSON Schema of the input}
     *
     * @param ignoresUnknown as for {@link #accept}
     * @param definitions the pointer to the schema's own definitions, such as {@code #/$defs/}
     */
    public Map<String, Object> input(boolean ignoresUnknown, String definitions) {
        JsonSchema schemas = new JsonSchema(ignoresUnknown, definitions);
        List<String> required = new ArrayList<>();
        takes.forEach((key, shape) -> {
            if (isRequired(key, shape)) {
                required.add(key.name());
            }
        });
        return schemas.withDefinitions(JsonSchema.object(properties(schemas, takes), required,
                ignoresUnknown || flow.takes().isEmpty()));
    }

    /**
     * {@return the JSON Schema of the output} Objects accept more members: a class may write some that it does not read.
     *
     * @param definitions as for {@link #input}
     */
    public Map<String, Object> output(String definitions) {
        JsonSchema schemas = new JsonSchema(true, definitions);
        return schemas.withDefinitions(JsonSchema.object(properties(schemas, gives), List.of(), gives().isEmpty()));
    }

    /**
     * {@return inputs that the contract accepts: one with all keys, and one with those that must be there, if it differs} It is
     * empty if the flow does not declare what it takes, or if a type or a rule accepts no value that is known here.
     *
     * @param rules as for {@link #accept}
     */
    public List<Map<String, Object>> examples(ValueRules rules) {
        if (flow.takes().isEmpty()) {
            return List.of();
        }
        return Stream.of(example(takes, (key, shape) -> true), example(takes, FlowContract::isRequired)).distinct()
                .filter(input -> isAccepted(input, rules)).toList();
    }

    private boolean isAccepted(Map<String, Object> input, ValueRules rules) {
        try {
            accept(Store.of(input), false, rules);
            return true;
        } catch (BadEvent refused) {
            return false;
        }
    }

    /** {@return an example of what the flow gives} */
    public Map<String, Object> exampleOutput() {
        return example(gives, (key, shape) -> !key.isSecret());
    }

    private static Map<String, Object> example(Map<Key<?>, Shape> keys, BiPredicate<Key<?>, Shape> which) {
        ExampleValues values = new ExampleValues();
        Map<String, Object> example = new LinkedHashMap<>();
        keys.forEach((key, shape) -> {
            if (which.test(key, shape)) {
                shownDefault(key).or(() -> values.of(shape, key.description().orElse(key.name())))
                        .ifPresent(value -> example.put(key.name(), value));
            }
        });
        return example;
    }

    private static Optional<Object> shownDefault(Key<?> key) {
        return key.defaultValue().filter(value -> !key.isSecret())
                .map(value -> Json.MAPPER.convertValue(value, Object.class));
    }

    /**
     * Refuses a type whose values this executable cannot make.
     *
     * @throws FlowException if there is one
     */
    void requireConstructors(Predicate<Class<?>> has) {
        Stream.of(takes, gives).flatMap(keys -> keys.keySet().stream())
                .forEach(key -> RegisteredTypes.require(flow.name(), key, ModelAccess.get().type(key), has));
    }

    private static Map<String, Object> properties(JsonSchema schemas, Map<Key<?>, Shape> keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.forEach((key, shape) -> {
            Map<String, Object> schema = schemas.of(shape);
            key.description().ifPresent(text -> schema.put("description", text));
            shownDefault(key).ifPresent(value -> schema.put("default", value));
            if (key.isSecret()) {
                schema.put("writeOnly", true);
            }
            properties.put(key.name(), schema);
        });
        return properties;
    }
}
