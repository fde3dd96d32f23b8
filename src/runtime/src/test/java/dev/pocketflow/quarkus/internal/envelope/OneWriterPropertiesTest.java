package dev.pocketflow.quarkus.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.TypeRef;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;
import dev.pocketflow.quarkus.internal.seal.Seal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The answer of a run, and the values that its nodes read, are the same with and without a hop. */
class OneWriterPropertiesTest {

    enum Mood {
        GOOD,
        BAD
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
            @JsonSubTypes.Type(value = Square.class, name = "square") })
    sealed interface Shape {
    }

    record Circle(BigDecimal radius) implements Shape {
    }

    record Square(double side, float other) implements Shape {
    }

    record Nested(BigDecimal amount, Double weight, Float part, Shape shape, List<Shape> shapes,
            Map<LocalDate, BigDecimal> byDay, Set<Mood> moods, Optional<BigDecimal> maybe, ZonedDateTime at, JsonNode tree,
            Nested inner) {

        Nested withoutTrees() {
            return new Nested(amount, weight, part, shape, shapes, byDay, moods, maybe, at, null, null);
        }
    }

    /** A key, and a value of its type. */
    record Value<T>(Key<T> key, T value) {
    }

    private static final EnvelopeCodec ENVELOPES = new EnvelopeCodec(ConfigValues.signed(Map.of("k1", ConfigValues.K1)),
            new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1))), ClaimCheck.NONE, 1000, InstantSource.system());

    static Envelope throughItsEnvelope(Envelope envelope) {
        return ENVELOPES.unpack(ENVELOPES.pack(new HopMessage(envelope, null, false), Integer.MAX_VALUE)).envelope();
    }

    private static Arbitrary<BigDecimal> decimals() {
        return Arbitraries.oneOf(
                Arbitraries.of("1.50", "0", "0.0", "-0.00", "100", "1E+2", "1E+22", "1E+30", "7.00", "0.00015", "1E-11",
                        "12345678901234567890.10", "99999999999999.99", "1.5", "0.1", "1.0E-11", "123456789.125")
                        .map(BigDecimal::new),
                Arbitraries.bigDecimals().between(new BigDecimal("-1e9"), new BigDecimal("1e9")).ofScale(3),
                Arbitraries.longs().map(digits -> BigDecimal.valueOf(digits, (int) (digits % 20))));
    }

    private static Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.of(0.0, -0.0, 5.0, 1e7, 12345678.0, 1e10, 1e15, 123456789012345678.0, 0.1, 1e-5, 1.5e-10, 1e100,
                        Double.MAX_VALUE, Double.MIN_VALUE, 100.0),
                Arbitraries.doubles(),
                Arbitraries.integers().map(Integer::doubleValue));
    }

    private static Arbitrary<Float> floats() {
        return Arbitraries.oneOf(
                Arbitraries.of(0f, -0f, 5f, 1e7f, 1e10f, 0.1f, 1e-5f, 16777216f, Float.MAX_VALUE, Float.MIN_VALUE),
                Arbitraries.floats());
    }

    /** Also integers with more trailing zeros than a reader accepts in an integer. */
    private static Arbitrary<BigInteger> integers() {
        return Arbitraries.oneOf(Arbitraries.bigIntegers(),
                net.jqwik.api.Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers().between(0, 900))
                        .as((digits, zeros) -> digits.multiply(BigInteger.TEN.pow(zeros))));
    }

    private static Arbitrary<JsonNode> trees() {
        return Arbitraries.oneOf(decimals().map(DecimalNode::valueOf), integers().map(BigIntegerNode::valueOf),
                doubles().map(JsonNodeFactory.instance::numberNode),
                floats().map(JsonNodeFactory.instance::numberNode), Arbitraries.just(NullNode.instance),
                decimals().list().ofMaxSize(3).map(list -> {
                    var object = JsonNodeFactory.instance.objectNode();
                    list.forEach(each -> object.withArray("/a~b").add(each));
                    return object;
                }));
    }

    private static Arbitrary<Nested> nested() {
        return Arbitraries.lazyOf(() -> nestedOf(Arbitraries.just(null)), () -> nestedOf(nestedOf(Arbitraries.just(null))));
    }

    private static Arbitrary<Nested> nestedOf(Arbitrary<Nested> inner) {
        return Arbitraries.randomValue(random -> random.nextLong()).flatMap(seed -> net.jqwik.api.Combinators
                .combine(decimals().injectNull(0.1), doubles(), floats(), shapes(), trees(), inner, decimals())
                .as((amount, weight, part, shape, tree, nested, other) -> new Nested(amount, weight, part, shape,
                        List.of(shape, new Square(weight, part)), new LinkedHashMap<>(Map.of(LocalDate.EPOCH, other)),
                        seed % 2 == 0 ? Set.of(Mood.BAD, Mood.GOOD) : Set.of(), Optional.ofNullable(amount),
                        ZonedDateTime.ofInstant(Instant.ofEpochSecond(seed % 1_000_000), ZoneId.of("Asia/Kathmandu")),
                        tree, nested)));
    }

    private static Arbitrary<Shape> shapes() {
        return Arbitraries.oneOf(decimals().map(Circle::new), doubles().map(side -> new Square(side, 1.5f)));
    }

    private static <T> Arbitrary<Value<?>> of(Key<T> key, Arbitrary<T> values) {
        return values.map(value -> new Value<>(key, value));
    }

    private static Arbitrary<Object> plain() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(decimals().map(each -> (Object) each), doubles().map(each -> each),
                floats().map(each -> each), Arbitraries.longs().map(each -> each), integers().map(each -> each),
                Arbitraries.strings().ascii().map(each -> each),
                Arbitraries.of(true, Mood.GOOD, 'x', Instant.EPOCH, LocalDate.EPOCH, new byte[] { 1, 2 }, UUID.randomUUID(),
                        BigInteger.TEN.pow(30), new double[] { 1, 0.5 }, new Square(2, 3)),
                Arbitraries.just(null));
        return Arbitraries.oneOf(leaf, leaf.list().ofMaxSize(3).map(each -> each),
                Arbitraries.maps(Arbitraries.of("a", "b/c", "d~e", ""), leaf).ofMaxSize(3).map(each -> each),
                Arbitraries.maps(Arbitraries.of(1, 2, 3), leaf.list().ofMaxSize(2)).ofMaxSize(3).map(each -> each));
    }

    private static Arbitrary<Value<?>> value() {
        return Arbitraries.oneOf(List.of(of(Key.of("decimal", BigDecimal.class), decimals().injectNull(0.1)),
                of(Key.of("double", Double.class), doubles()), of(Key.of("float", Float.class), floats()),
                of(Key.of("nested", Nested.class), nested()), of(Key.of("shape", Shape.class), shapes()),
                of(Key.of("hidden", BigDecimal.class).secret(), decimals()),
                of(Key.listOf("decimals", BigDecimal.class), decimals().list().ofMaxSize(3)),
                of(Key.mapOf("shapes", Shape.class),
                        Arbitraries.maps(Arbitraries.strings().ascii().ofMaxLength(3), shapes()).ofMaxSize(3)),
                of(Key.of("maybe", new TypeRef<Optional<BigDecimal>>() {
                }), decimals().optional()),
                of(Key.of("int", OptionalInt.class), Arbitraries.of(OptionalInt.empty(), OptionalInt.of(1))),
                of(Key.of("days", new TypeRef<Map<LocalDate, List<Mood>>>() {
                }), Arbitraries.just(Map.of(LocalDate.EPOCH, List.of(Mood.BAD), LocalDate.MAX, List.of()))),
                of(Key.of("set", new TypeRef<Set<String>>() {
                }), Arbitraries.strings().ascii().set().ofMaxSize(9).map(Set::copyOf)),
                of(Key.of("hashes", new TypeRef<HashSet<Long>>() {
                }), Arbitraries.longs().set().ofMaxSize(9).map(HashSet::new)),
                of(Key.of("bytes", byte[].class), Arbitraries.bytes().array(byte[].class).ofMaxSize(5)),
                of(Key.of("doubles", double[].class), doubles().array(double[].class).ofMaxSize(5)),
                of(Key.of("tree", JsonNode.class), trees()), of(Key.of("mood", Mood.class), Arbitraries.of(Mood.class)),
                of(Key.of("zoned", ZonedDateTime.class),
                        Arbitraries.of(ZoneId.of("Europe/Berlin"), ZoneOffset.UTC, ZoneId.of("UTC"))
                                .map(zone -> ZonedDateTime.ofInstant(Instant.EPOCH, zone))),
                of(Key.of("offset", OffsetDateTime.class),
                        Arbitraries.just(OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.ofHours(-7)))),
                of(Key.of("duration", Duration.class), Arbitraries.longs().map(Duration::ofNanos)),
                of(Key.of("big", BigInteger.class), integers()),
                of(Key.listOf("bigs", BigInteger.class), integers().list().ofMaxSize(3)),
                of(Key.of("any", Object.class), plain())));
    }

    @Provide
    Arbitrary<List<Value<?>>> values() {
        return value().list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Object>> params() {
        return plain().list().ofMaxSize(3);
    }

    /** A node that puts, one that reads the same key, iterations with params, and batches of each type. */
    private static final class Trial {
        final List<Value<?>> values;
        final List<Object> params;
        final List<Object> read = new ArrayList<>();

        Trial(List<Value<?>> values, List<Object> params) {
            this.values = values;
            this.params = params;
        }

        String answer(UnaryOperator<Envelope> trip) {
            Flow each = Flow.named("each").node("params", node(shared -> shared.put("params-" + shared.params().get("i"),
                    new LinkedHashMap<>(shared.params())))).then("again").node("again", node(shared -> {
                    })).forEach(shared -> iterations()).build();
            Flow flow = Flow.named("flow").node("put", node(this::put)).then("wait").node("wait", node(shared -> {
            })).then("read").node("read", node(this::read)).then("each").node("each", each).then("decimals")
                    .node("decimals", new Decimals("decimals")).then("nested").node("nested", new NestedBatch())
                    .then("read again")
                    .node("read again", node(this::read)).build();
            Run run = Run.of(flow, Store.create());
            if (trip != null) {
                run.everyStep(trip);
            }
            Outcome outcome = run.start().orThrow();
            return new String(OutcomeWriter.object(json -> OutcomeWriter.store(json, outcome.store().toJson())), UTF_8);
        }

        private void put(Store shared) {
            values.forEach(each -> put(shared, each));
        }

        private static <T> void put(Store shared, Value<T> value) {
            shared.put(value.key, value.value);
        }

        private void read(Store shared) {
            for (Value<?> each : values) {
                if (!each.key.equals(Key.of("any", Object.class))) {
                    read.add(shared.get(each.key));
                    read.add(shared.find(each.key));
                }
            }
        }

        private List<Map<String, Object>> iterations() {
            List<Map<String, Object>> iterations = new ArrayList<>();
            for (Object param : params) {
                Map<String, Object> iteration = new LinkedHashMap<>();
                iteration.put("i", iterations.size());
                iteration.put("param", param);
                iterations.add(iteration);
            }
            return iterations;
        }

        private static Node<Object, Object> node(java.util.function.Consumer<Store> post) {
            return new Node<>() {
                @Override
                public String post(Store shared, Object prepared, Object result) {
                    post.accept(shared);
                    return null;
                }
            };
        }

        /** Items and results of a type. */
        private abstract class Batch<T> implements BatchNode<T, T> {
            private final String name;
            private final Class<?> type;

            Batch(String name, Class<?> type) {
                this.name = name;
                this.type = type;
            }

            @SuppressWarnings("unchecked")
            @Override
            public List<T> prep(Store shared) {
                List<T> items = new ArrayList<>();
                values.forEach(each -> {
                    if (type.isInstance(each.value)) {
                        items.add((T) each.value);
                    }
                });
                items.add(null);
                return items;
            }

            @Override
            public T exec(T item) {
                return item;
            }

            @Override
            public String post(Store shared, List<T> items, List<T> results) {
                read.add(new ArrayList<>(items));
                read.add(new ArrayList<>(results));
                shared.put("results of " + name, results);
                return null;
            }
        }

        private final class Decimals extends Batch<BigDecimal> {
            Decimals(String name) {
                super(name, BigDecimal.class);
            }
        }

        private final class NestedBatch extends Batch<Nested> {
            NestedBatch() {
                super("nested", Nested.class);
            }
        }
    }

    @Property(tries = 400)
    void answersAndReadValues_areTheSame_withAHopAfterEveryStep(@ForAll("values") List<Value<?>> values,
            @ForAll("params") List<Object> params) {
        Trial direct = new Trial(values, params);
        Trial travelled = new Trial(values, params);

        String answer = direct.answer(null);

        assertThat(travelled.answer(OneWriterPropertiesTest::throughItsEnvelope)).isEqualTo(answer);
        isRead(travelled.read, direct.read);
    }

    /** Dev and test refuse a value that a hop would change. */
    @Property(tries = 200)
    void generatedValues_passTheCheckOfValues(@ForAll("values") List<Value<?>> values) {
        Flow flow = Flow.named("flow").node("put", Trial.node(shared -> values.forEach(each -> Trial.put(shared, each))))
                .build();

        assertThat(Run.of(flow, Store.create()).checkValues().start()).isInstanceOf(Outcome.Completed.class);
    }

    private static void isRead(Object actual, Object expected) {
        if (actual instanceof List<?> list && expected instanceof List<?> other) {
            assertThat(list).hasSameSizeAs(other);
            for (int i = 0; i < list.size(); i++) {
                isRead(list.get(i), other.get(i));
            }
        } else if (actual instanceof Optional<?> one && expected instanceof Optional<?> other) {
            isRead(one.orElse(null), other.orElse(null));
        } else if (actual instanceof Nested nested && expected instanceof Nested other) {
            assertThat(nested.withoutTrees()).isEqualTo(other.withoutTrees());
            isRead(nested.tree, other.tree);
            isRead(nested.inner, other.inner);
        } else if (actual instanceof JsonNode tree) { // JSON does not separate 5.0 from 5
            assertThat(text(tree)).isEqualTo(text((JsonNode) expected));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static String text(JsonNode tree) {
        return new String(OutcomeWriter.object(json -> OutcomeWriter.store(json, Map.of("tree", tree))), UTF_8);
    }

    /** Values that failed once. */
    @Example
    void decimal_isANumberInTheAnswer_withItsScale_eitherWay() {
        List<Value<?>> values = List.of(new Value<>(Key.of("price", BigDecimal.class), new BigDecimal("1.50")));

        for (UnaryOperator<Envelope> trip : Arrays.<UnaryOperator<Envelope>> asList(null,
                OneWriterPropertiesTest::throughItsEnvelope)) {
            assertThat(new Trial(values, List.of()).answer(trip)).contains("\"price\":1.50,");
        }
    }

    @Example
    void setKeepsItsOrder_howeverOftenItIsRead() {
        Set<String> set = new LinkedHashSet<>(List.of("z", "y", "x", "a", "0", "-1"));
        List<Value<?>> values = List.of(new Value<>(Key.of("set", new TypeRef<Set<String>>() {
        }), set));

        assertThat(new Trial(values, List.of()).answer(OneWriterPropertiesTest::throughItsEnvelope))
                .contains("\"set\":[\"z\",\"y\",\"x\",\"a\",\"0\",\"-1\"]");
    }
}
