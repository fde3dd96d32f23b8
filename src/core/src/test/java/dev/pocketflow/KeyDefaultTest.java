package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.annotation.JsonIgnore;

class KeyDefaultTest {

    record Limits(int rounds, List<String> words) {
    }

    private static final Key<Integer> ROUNDS = Key.of("rounds", Integer.class).defaultTo(3);
    private static final Key<List<String>> WORDS = Key.listOf("words", String.class).defaultTo(List.of("a"));

    private final Store store = Store.create();

    @Test
    void absentKey_isReadAsItsDefault() {
        assertThat(store.get(ROUNDS)).isEqualTo(3);
        assertThat(Store.create().find(ROUNDS)).contains(3);
        assertThat(Store.create().get(WORDS)).containsExactly("a");
    }

    @Test
    void valueThatIsThere_isReadAsItIs_alsoIfItIsNull() {
        assertThat(Store.of(Map.of("rounds", 5)).get(ROUNDS)).isEqualTo(5);
        assertThat(store.put(ROUNDS, null).get(ROUNDS)).isNull();
        assertThat(store.find(ROUNDS)).isEmpty();
    }

    /** A run that decided by a default keeps this default, also if a version with another default resumes it. */
    @Test
    void defaultThatWasRead_isInTheStore() {
        store.get(ROUNDS);

        assertThat(store.asMap()).isEqualTo(Map.of("rounds", 3));
        assertThat(store.get(Key.of("rounds", Integer.class).defaultTo(4))).isEqualTo(3);
    }

    @Test
    void listOfADefault_isLive_andEachStoreHasItsOwn() {
        store.get(WORDS).add("b");

        assertThat(store.get(WORDS)).containsExactly("a", "b");
        assertThat(Store.create().get(WORDS)).containsExactly("a");
        assertThat(WORDS.defaultValue()).contains(List.of("a"));
    }

    @Test
    void objectOfADefault_isACopy_thatTheDeclaredOneDoesNotChange() {
        List<String> words = new ArrayList<>(List.of("a"));
        Key<Limits> limits = Key.of("limits", Limits.class).defaultTo(new Limits(1, words));
        words.add("b");

        store.get(limits).words().add("c");

        assertThat(store.get(limits)).isEqualTo(new Limits(1, List.of("a", "c")));
        assertThat(limits.defaultValue()).contains(new Limits(1, List.of("a")));
    }

    @Test
    void update_startsWithTheDefault() {
        assertThat(store.update(ROUNDS, rounds -> rounds + 1)).isEqualTo(4);
        assertThat(store.append(WORDS, "b").get(WORDS)).containsExactly("a", "b");
    }

    @Test
    void updateThatThrows_putsNoDefault() {
        assertThatThrownBy(() -> store.update(ROUNDS, rounds -> {
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);

        assertThat(store.asMap()).isEmpty();
    }

    @Test
    void remove_findsNoDefault() {
        assertThat(store.remove(ROUNDS)).isEmpty();
        assertThat(store.asMap()).isEmpty();
    }

    @Test
    void plainName_hasNoDefault() {
        assertThat(store.find("rounds")).isEmpty();
        assertThatThrownBy(() -> store.get("rounds")).isInstanceOf(FlowException.MissingKey.class);
    }

    @Test
    void defaultOfASecretKey_isSecret() {
        Key<String> pin = Key.secret("pin", String.class).defaultTo("0000");

        store.get(pin);

        assertThat(store.toJson()).containsEntry("pin", null);
        assertThat(store.secrets()).containsEntry("pin", "0000");
        assertThat(Key.of("pin", String.class).defaultTo("0000").secret()).isEqualTo(pin);
        assertThat(pin).hasToString("pin: java.lang.String, secret");
    }

    /** A flow that fails at an input that it only read has changed nothing. The run is refused as bad input. */
    @Test
    void readOfADefault_doesNotCountAsAChange() {
        Outcome outcome = TestRuns.run(TestSteps.flow(TestSteps.posting(shared -> {
            shared.get(ROUNDS);
            throw new FlowException.BadInput("too few rounds");
        })), store);

        assertThat(((FlowException.StepFailed) TestSteps.failure(outcome)).isBadInput()).isTrue();
    }

    @Test
    void lineOfANode_takesTheDefault() {
        Key<String> out = Key.of("out", String.class);

        TestRuns.run(TestSteps.flow(Node.of(ROUNDS, rounds -> "r" + rounds, out)), store).orThrow();

        assertThat(store.get(out)).isEqualTo("r3");
    }

    @Test
    void changedDefault_isCheckedAgain_ifValuesAreChecked() {
        Key<Map<String, Object>> any = Key.mapOf("any", Object.class).defaultTo(Map.of());

        Outcome outcome = TestRuns.of(TestSteps.flow(TestSteps.posting(shared -> {
            shared.get(any).put("thread", Thread.currentThread());
            return null;
        })), store).checkValues().start();

        assertThat(TestSteps.failure(outcome)).hasMessageContaining("store key 'any'");
    }

    @Test
    void keys_areEqual_ifOnlyDefaultOrDescriptionDiffer() {
        assertThat(ROUNDS.describedAs("how often")).isEqualTo(Key.of("rounds", Integer.class))
                .hasSameHashCodeAs(Key.of("rounds", int.class));
    }

    @Test
    void modifiers_keepEachOther() {
        Key<Integer> key = Key.of("n", Integer.class).describedAs("a number").defaultTo(1).secret();

        assertThat(key.description()).contains("a number");
        assertThat(key.defaultValue()).contains(1);
        assertThat(key.defaultTo(2).describedAs("another").isSecret()).isTrue();
        assertThat(key.defaultTo(2).defaultValue()).contains(2);
    }

    @Test
    void keyThatSaysNothing_hasNeitherDefaultNorDescription() {
        assertThat(Key.of("n", Integer.class).defaultValue()).isEmpty();
        assertThat(Key.of("n", Integer.class).description()).isEmpty();
    }

    static List<Key<?>> keysOfAllKinds() {
        return List.of(Key.of("k", String.class).defaultTo(""), Key.of("k", BigDecimal.class).defaultTo(new BigDecimal("1.50")),
                Key.of("k", Double.class).defaultTo(0.1), Key.of("k", Thread.State.class).defaultTo(Thread.State.NEW),
                Key.of("k", int[].class).defaultTo(new int[] { 1, 2 }), Key.of("k", Object.class).defaultTo(Map.of("a", 1.5)),
                Key.of("k", new TypeRef<Optional<String>>() {
                }).defaultTo(Optional.of("x")), Key.mapOf("k", Limits.class).defaultTo(new HashMap<>()));
    }

    @ParameterizedTest
    @MethodSource("keysOfAllKinds")
    void defaultOfAnyType_isRead(Key<?> key) {
        assertThat((Object) store.get(key)).usingRecursiveComparison().isEqualTo(key.defaultValue().orElseThrow());
    }

    @Test
    void defaultNull_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("n", Integer.class).defaultTo(null)).withMessage(
                "key 'n': the default must not be null. Leave it out: find(...) is empty if there is no value");
    }

    @Test
    @SuppressWarnings({ "unchecked", "rawtypes" })
    void defaultOfAnotherType_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ((Key) Key.of("n", Integer.class)).defaultTo("one"))
                .withMessage("key 'n': the default is a java.lang.String. Give a java.lang.Integer");
    }

    @Test
    void defaultThatNoEnvelopeCanCarry_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("k", String.class).defaultTo("\uD83D"))
                .withMessage("key 'k': the default has half of a surrogate pair, which is no character. "
                        + "Cut texts between characters");
        assertThatIllegalArgumentException().isThrownBy(() -> WORDS.defaultTo(List.of("\uD83D")))
                .withMessageStartingWith("key 'words': in the default, ");
    }

    @Test
    void defaultWithoutJson_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.mapOf("k", Object.class).defaultTo(Map.of("a", new Object())))
                .withMessage("key 'k': java.lang.Object in the default cannot be written as JSON. "
                        + "Use only JSON-shaped ones, or of types that Jackson can write");
    }

    record Half(String seen, @JsonIgnore String lost) {
    }

    @Test
    void defaultThatACopyWouldChange_isRefused() {
        String message = "key 'k': the default would be another value after a hop. Write all its members (not WRITE_ONLY, not "
                + "@JsonIgnore), let Jackson read them, and name its type by a key that leaves nothing open";

        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("k", Half.class).defaultTo(new Half("a", "b")))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("k", Object.class).defaultTo(new Limits(1, List.of())))
                .withMessage(message);
    }

    @Test
    void descriptionBlankOrCut_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ROUNDS.describedAs(" "))
                .withMessage("key 'rounds': the description must not be blank, was ' '");
        assertThatIllegalArgumentException().isThrownBy(() -> ROUNDS.describedAs(null))
                .withMessage("key 'rounds': the description must not be blank, was null");
        assertThatIllegalArgumentException().isThrownBy(() -> ROUNDS.describedAs("\uD83D")).withMessage(
                "key 'rounds': the description has half of a surrogate pair, which is no character. Cut texts between characters");
    }
}
