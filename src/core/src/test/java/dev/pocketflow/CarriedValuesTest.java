package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.internal.Texts;
import dev.pocketflow.internal.json.Json;

/** A value that no envelope can carry is refused when it enters a run, with its name, also in a run without a hand-over. */
class CarriedValuesTest {

    private static final String CUT = ("x".repeat(79) + "😀").substring(0, 80);
    private static final Key<String> TEXT = Key.of("text", String.class);

    static List<Arguments> values() {
        return List.of(Arguments.of(CUT, "surrogate"), Arguments.of("\ude00 and more", "surrogate"),
                Arguments.of("a\ud83db", "surrogate"), Arguments.of("日本\ud83d", "surrogate"),
                Arguments.of(BigInteger.TEN.pow(1000), "1000 digits"),
                Arguments.of(BigInteger.TEN.pow(5000).negate(), "1000 digits"),
                Arguments.of(new BigDecimal("1e100000"), "exponent"), Arguments.of(new BigDecimal("1e-100000"), "exponent"),
                Arguments.of(new BigDecimal("0." + "3".repeat(1001)), "digits"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_isRefusedByPut_withItsKey_andNotShown(Object value, String problem) {
        Store store = Store.create().put("old", 1);

        for (Consumer<Store> put : List.<Consumer<Store>> of(each -> each.put("new", value), each -> each.put("old", value),
                each -> each.update("new", none -> value), each -> each.update("old", none -> value),
                each -> each.put(Key.of("old", Object.class), value), each -> each.putSecrets(Map.of("old", value)),
                each -> Store.of(Map.of("old", value)))) {
            assertThatThrownBy(() -> put.accept(store)).isInstanceOf(FlowException.BadValue.class)
                    .hasMessageContaining("store key").hasMessageContaining(problem).hasMessageNotContaining("xxx");
            assertThat(store.asMap()).isEqualTo(Map.of("old", 1));
        }
    }

    @Test
    void largestValues_areTaken() {
        Store store = Store.create();
        List.of("", "😀", "x".repeat(100_000) + "😀", "\ud7ff\ue000", "日本語", BigInteger.TEN.pow(1000).subtract(BigInteger.ONE),
                new BigDecimal("1e98999"), new BigDecimal("0." + "3".repeat(1000)))
                .forEach(value -> assertThatCode(() -> store.put("value", value)).doesNotThrowAnyException());
    }

    @Test
    void nameOfAKey_isRefused() {
        assertThatThrownBy(() -> Store.create().put("name\ud83d", 1)).isInstanceOf(FlowException.BadValue.class)
                .hasMessageContaining("the name of store key 'name\\ud83d' has half of a surrogate pair");
        assertThatThrownBy(() -> Store.create().put("n".repeat(20_000), 1)).hasMessageContaining("16000 characters");
        assertThatThrownBy(() -> Store.create().put(Key.of("\ude00", Integer.class), 1))
                .isInstanceOf(FlowException.BadValue.class);
    }

    static List<Arguments> doors() {
        return List.of(Arguments.of("put", "store key 'text'", TestSteps.flow(doing(store -> store.put(TEXT, CUT)))),
                Arguments.of("action", "the action 'up\\ud83d'", TestSteps.flow(answering("up\ud83d"))),
                Arguments.of("after", "the action", Flow.named("f").node("n", doing(store -> {
                })).after((store, action) -> "up\ud83d").build()),
                Arguments.of("item", "item 1", TestSteps.flow(new Batch(List.of("a", CUT)))),
                Arguments.of("result", "the result of item 1", TestSteps.flow(new Batch(List.of("a", "cut")))),
                Arguments.of("params", "the param 'topic'", Flow.named("f").node("n", doing(store -> {
                })).forEach(store -> List.of(Map.of("topic", CUT))).build()),
                Arguments.of("param's name", "the param", Flow.named("f").node("n", doing(store -> {
                })).forEach(store -> List.of(Map.of("\ud83d", 1))).build()),
                Arguments.of("unit", "the unit", TestSteps.flow(doing(store -> Visit.current().use("\ud83d", 1)))));
    }

    record Batch(List<String> items) implements BatchNode<String, String> {
        @Override
        public List<String> prep(Store shared) {
            return items;
        }

        @Override
        public String exec(String item) {
            return item.equals("cut") ? CUT : item;
        }
    }

    private static Node<Object, Object> doing(Consumer<Store> work) {
        return new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                work.accept(shared);
                return null;
            }
        };
    }

    private static Node<Object, Object> answering(String action) {
        return new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                return action;
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doors")
    void cutText_failsTheRun_atEveryEntry(String door, String named, Flow flow) {
        Outcome outcome = TestRuns.of(flow, Store.create()).start();

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        String message = ((Outcome.Failed) outcome).failure().getMessage();
        assertThat(message).contains(named, "half of a surrogate pair").doesNotContain("xxx");
    }

    @Test
    void namesInAGraph_areRefusedWhenItIsBuilt() {
        assertThatThrownBy(() -> Flow.named("f\ud83d").node("n", answering("a")).build())
                .isInstanceOf(FlowException.InvalidFlow.class);
        assertThatThrownBy(() -> Flow.named("f").node("n\ud83d", answering("a"))).isInstanceOf(FlowException.InvalidFlow.class);
        assertThatThrownBy(() -> Flow.named("f").node("n", answering("a")).on("a\ud83d", "n"))
                .isInstanceOf(FlowException.InvalidFlow.class);
        assertThatThrownBy(() -> Flow.named("f").node("n", answering("a")).ends("\ude00"))
                .isInstanceOf(FlowException.InvalidFlow.class);
        assertThatThrownBy(() -> Await.signal("s\ud83d")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cutTexts_areMended_inMessagesThatMustArrive() {
        assertThat(Texts.mended("\ud83da\ude00😀\ud83d")).isEqualTo("\ufffda\ufffd😀\ufffd");
        assertThat(Texts.mended("whole 😀")).isEqualTo("whole 😀");
        assertThat(Texts.mended(null)).isNull();
    }

    static List<Arguments> narrow() {
        return List.of(Arguments.of(new BigDecimal("99999999999999.99"), Double.class, 99999999999999.98),
                Arguments.of(9007199254740993L, Double.class, 9007199254740992.0),
                Arguments.of(0.123456789012, Float.class, 0.12345679f),
                Arguments.of(new BigInteger("123456789012345678901234567890"), double.class, 1.2345678901234568E29),
                Arguments.of(16777217, float.class, 16777216f));
    }

    /** A node that asks for a double gets one. The digits stay for the answer and for other nodes. */
    @ParameterizedTest
    @MethodSource("narrow")
    <T> void numberReadByANarrowerType_keepsItsDigitsInTheStore(Number number, Class<T> type, T read) {
        Store store = Store.of(Map.of("n", number));

        assertThat(store.get(Key.of("n", type))).isEqualTo(read);
        assertThat(store.get("n")).isSameAs(number);
        assertThat(store.get(Key.of("n", BigDecimal.class))).isEqualByComparingTo(new BigDecimal(number.toString()));
    }

    private record Amount(double amount) {
    }

    private record Money(BigDecimal amount) {
    }

    private record Order(String name, List<Amount> parts) {
    }

    private record Ratio(float ratio) {
    }

    static List<Arguments> narrowInside() {
        BigDecimal money = new BigDecimal("99999999999999.99");
        return List.of(Arguments.of(Map.of("amount", money), Key.of("n", Amount.class), new Amount(99999999999999.98)),
                Arguments.of(Map.of("amount", 9007199254740993L), Key.of("n", Amount.class), new Amount(9007199254740992.0)),
                Arguments.of(Map.of("ratio", 0.123456789012), Key.of("n", Ratio.class), new Ratio(0.12345679f)),
                Arguments.of(Json.MAPPER.createObjectNode().put("amount", money), Key.of("n", Amount.class),
                        new Amount(99999999999999.98)),
                Arguments.of(new Money(money), Key.of("n", Amount.class), new Amount(99999999999999.98)),
                Arguments.of(Map.of("ratio", 16777217), Key.of("n", Ratio.class), new Ratio(16777216f)),
                Arguments.of(money, Key.of("n", new TypeRef<Optional<Double>>() {
                }), Optional.of(99999999999999.98)),
                Arguments.of(List.of(1, money), Key.listOf("n", Double.class), List.of(1.0, 99999999999999.98)),
                Arguments.of(Map.of("sum", money), Key.mapOf("n", Double.class), Map.of("sum", 99999999999999.98)),
                Arguments.of(Map.of("name", "a", "parts", List.of(Map.of("amount", 1), Map.of("amount", money))),
                        Key.of("n", Order.class), new Order("a", List.of(new Amount(1), new Amount(99999999999999.98)))));
    }

    /** The node reads a rounded number. The run keeps all digits, as for a number that is not part of a record. */
    @ParameterizedTest
    @MethodSource("narrowInside")
    <T> void numberInsideANarrowerType_keepsItsDigitsInTheStore(Object value, Key<T> key, T read) {
        Store store = Store.of(Map.of("n", value));

        assertThat(store.get(key)).isEqualTo(read);
        assertThat(store.get("n")).isSameAs(value);
    }

    @Test
    void objectWithoutLostDigits_isReadOnce() {
        Key<Amount> key = Key.of("n", Amount.class);
        Store store = Store.of(Map.of("n", Map.of("amount", 0.1)));

        assertThat(store.get(key)).isSameAs(store.get(key));
    }

    @Test
    void objectWithLostDigits_isWhatWasPut_onceItIsPut() {
        Key<Amount> key = Key.of("n", Amount.class);
        Store store = Store.of(Map.of("n", Map.of("amount", new BigDecimal("99999999999999.99"))));

        store.put(key, store.get(key));

        assertThat(store.get("n")).isEqualTo(new Amount(99999999999999.98));
    }

    @Test
    void numberLargerThanATypeInside_isRefused_andStays() {
        Map<String, Object> large = Map.of("amount", new BigDecimal("1e400"));
        Store store = Store.of(Map.of("n", large));

        assertThatThrownBy(() -> store.get(Key.of("n", Amount.class))).isInstanceOf(FlowException.BadValue.class);
        assertThat(store.get("n")).isSameAs(large);
    }

    @Test
    void numberLargerThanAType_isRefused() {
        Store store = Store.of(Map.of("n", new BigDecimal("1e400"), "d", 1e300));
        assertThatThrownBy(() -> store.get(Key.of("n", Double.class))).isInstanceOf(FlowException.BadValue.class);
        assertThatThrownBy(() -> store.get(Key.of("d", Float.class))).isInstanceOf(FlowException.BadValue.class);
    }
}
