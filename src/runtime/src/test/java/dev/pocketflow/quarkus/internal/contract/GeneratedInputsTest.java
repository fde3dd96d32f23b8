package dev.pocketflow.quarkus.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.TypeRef;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;

/** An input is accepted exactly if the published schema says so, in the reading of a library that others use. */
class GeneratedInputsTest {

    enum Colour {
        RED,
        @JsonProperty("light-green")
        GREEN
    }

    record Item(String name, int count, Optional<Double> weight, @JsonProperty("per-unit") Boolean perUnit) {
    }

    record Order(@JsonProperty(required = true) List<Item> items, Map<String, Integer> marks, Colour colour, Order before) {
    }

    private static final Flow FLOW = Flow.named("order")
            .takes(Key.of("text", String.class), Key.of("count", Integer.class).defaultTo(3), Key.of("long", Long.class),
                    Key.of("whole", BigInteger.class), Key.of("ratio", Double.class), Key.of("share", Float.class),
                    Key.of("amount", BigDecimal.class), Key.of("small", Byte.class), Key.of("yes", Boolean.class),
                    Key.of("letter", Character.class), Key.of("any", Object.class), Key.listOf("names", String.class),
                    Key.mapOf("counts", Integer.class), Key.of("order", Order.class), Key.of("colour", Colour.class),
                    Key.of("id", UUID.class), Key.of("maybe", new TypeRef<Optional<Item>>() {
                    }), Key.of("grid", int[][].class), Key.of("rest", String.class).optional())
            .node("go", Node.route(store -> null)).build();

    private static final List<String> NAMES = List.of("text", "count", "long", "whole", "ratio", "share", "amount", "small",
            "yes", "letter", "any", "names", "counts", "order", "colour", "id", "maybe", "grid", "rest");
    private static final Object[] NUMBERS = { 0, -1, 1, 127, 128, -129, 2147483647, 2147483648L, Long.MAX_VALUE,
            new BigInteger("9223372036854775808"), 0.5, 5.0, -0.0, 1e3, 1e18 };
    /** Beyond a long. The library that reads the schema believes that a long can be one of them. */
    private static final Object[] LARGE = { 1e19, 1e300, new BigDecimal("1e39"), 3.4e38 };
    private static final String[] TEXTS = { "", "a", "ab", "5", "RED", "GREEN", "light-green", "true", "null",
            "123e4567-e89b-12d3-a456-426614174000", "\u00e4", "a\nb" };

    private final Random random = new Random(15);
    private final FlowContract contract = new FlowContract(FLOW);

    @ParameterizedTest
    @CsvSource({ "10000, false", "2000, true" })
    void input_isAccepted_exactlyIfTheSchemaSaysSo(int inputs, boolean ignoresUnknown) throws IOException {
        com.networknt.schema.JsonSchema schema = schema(contract.schema(ignoresUnknown));
        int accepted = 0;
        for (int i = 0; i < inputs; i++) {
            String input = Json.MAPPER.writeValueAsString(input());
            Set<ValidationMessage> says = schema.validate(input, InputFormat.JSON);
            List<BadEvent.Fault> faults = faults(input, ignoresUnknown);
            assertThat(faults.isEmpty()).as("%s%nschema: %s%ncontract: %s", input, says, faults).isEqualTo(says.isEmpty());
            assertThat(keys(faults)).as(input)
                    .isEqualTo(says.stream().map(GeneratedInputsTest::key).collect(Collectors.toSet()));
            accepted += says.isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isBetween(inputs / 10, inputs - inputs / 10);
    }

    private List<BadEvent.Fault> faults(String input, boolean ignoresUnknown) {
        try {
            Store store = Store.of(values(input));
            contract.accept(store, ignoresUnknown, ValueRules.NONE);
            return List.of();
        } catch (BadEvent refused) {
            assertThat(refused.faults()).isNotEmpty();
            return refused.faults();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> values(String input) {
        try {
            return (Map<String, Object>) OutcomeWriter.read(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> keys(List<BadEvent.Fault> faults) {
        return faults.stream().map(fault -> URLDecoder.decode(fault.pointer().split("/", -1)[1], StandardCharsets.UTF_8))
                .map(name -> name.replace("~1", "/").replace("~0", "~")).collect(Collectors.toSet());
    }

    /** {@return the key that a message is about} A missing or unknown key is named beside the place of its object. */
    private static String key(ValidationMessage message) {
        return message.getInstanceLocation().getNameCount() > 0 ? message.getInstanceLocation().getName(0).toString()
                : message.getProperty();
    }

    static com.networknt.schema.JsonSchema schema(Map<String, Object> schema) throws IOException {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Json.MAPPER.writeValueAsString(schema), InputFormat.JSON, config);
    }

    /** A valid input in which a few places are changed. */
    private Map<String, Object> input() {
        Map<String, Object> input = new LinkedHashMap<>();
        NAMES.forEach(name -> input.put(name, valid(name)));
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = random.nextInt(20) == 0 ? pick("other", "Text", "a/b", "") : pick(NAMES.toArray(String[]::new));
            switch (random.nextInt(3)) {
                case 0 -> input.remove(name);
                case 1 -> input.put(name, any(2));
                default -> input.computeIfPresent(name, (key, value) -> change(value));
            }
        }
        return input;
    }

    private Object valid(String name) {
        return switch (name) {
            case "text" -> pick(TEXTS);
            case "count" -> pick(0, -7, 2147483647, 5.0);
            case "long" -> pick(0, 1e3, Long.MAX_VALUE);
            case "whole" -> pick(0, new BigInteger("9223372036854775808"), 1e19);
            case "ratio", "amount" -> random.nextBoolean() ? pick(NUMBERS) : pick(LARGE);
            case "share" -> pick(0, 0.5, 3.4e38);
            case "small" -> pick(-128, 127, 1.0);
            case "yes" -> random.nextBoolean();
            case "letter" -> pick("a", "\u00e4");
            case "names" -> list(() -> pick(TEXTS));
            case "counts" -> new LinkedHashMap<>(Map.of("a", 1, "b/c", 2.0));
            case "order" -> order(2);
            case "colour" -> pick("RED", "light-green");
            case "id" -> UUID.nameUUIDFromBytes(new byte[] { (byte) random.nextInt() }).toString();
            case "maybe" -> random.nextBoolean() ? null : item();
            case "rest" -> random.nextBoolean() ? null : pick(TEXTS);
            case "grid" -> list(() -> list(() -> random.nextInt(9)));
            default -> any(2);
        };
    }

    private Map<String, Object> order(int depth) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("items", list(this::item));
        if (random.nextBoolean()) {
            order.put("marks", new LinkedHashMap<>(Map.of("x", 1)));
            order.put("colour", random.nextBoolean() ? null : "RED");
        }
        if (depth > 0 && random.nextBoolean()) {
            order.put("before", order(depth - 1));
        }
        return order;
    }

    private Map<String, Object> item() {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("count", random.nextInt(9));
        if (random.nextBoolean()) {
            item.put("name", pick("a", null));
            item.put("weight", pick(1, 0.5, null));
            item.put("per-unit", true);
        }
        return item;
    }

    @SuppressWarnings("unchecked")
    private Object change(Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<Object> changed = new ArrayList<>(list);
            int at = random.nextInt(changed.size());
            changed.set(at, random.nextBoolean() ? any(1) : change(changed.get(at)));
            return changed;
        } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<String, Object> changed = new LinkedHashMap<>((Map<String, Object>) map);
            String name = pick(changed.keySet().toArray(String[]::new));
            switch (random.nextInt(4)) {
                case 0 -> changed.remove(name);
                case 1 -> changed.put(name, any(1));
                case 2 -> changed.put(pick("other", "itemz", "~"), any(1));
                default -> changed.put(name, change(changed.get(name)));
            }
            return changed;
        }
        return any(0);
    }

    private Object any(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> pick(NUMBERS);
            case 3 -> pick(TEXTS);
            case 4 -> list(() -> any(depth - 1));
            default -> new LinkedHashMap<>(Map.of(pick(TEXTS), pick(TEXTS)));
        };
    }

    private List<Object> list(Supplier<?> element) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
