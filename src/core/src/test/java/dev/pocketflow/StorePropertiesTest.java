package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A store holds what a LinkedHashMap would hold after the same operations. */
class StorePropertiesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    enum Kind {
        PUT,
        PUT_TYPED,
        GET,
        GET_TYPED,
        FIND,
        UPDATE,
        UPDATE_TYPED,
        REMOVE,
        REMOVE_TYPED
    }

    record Operation(Kind kind, String name, Integer value) {
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of("a", "b", "c", "d"),
                Arbitraries.integers().injectNull(0.1)).as(Operation::new).list().ofMaxSize(40);
    }

    @Property(tries = 500)
    void randomOperations_equalThoseOnALinkedHashMap(@ForAll("operations") List<Operation> operations) throws Exception {
        Store store = Store.create();
        Map<String, Object> model = new LinkedHashMap<>();

        for (Operation operation : operations) {
            apply(operation, store, model);
            assertThat(store.asMap().entrySet()).containsExactlyElementsOf(model.entrySet());
        }

        assertThat(MAPPER.readValue(MAPPER.writeValueAsString(store), Store.class).asMap().entrySet())
                .containsExactlyElementsOf(model.entrySet());
    }

    private static void apply(Operation operation, Store store, Map<String, Object> model) {
        String name = operation.name;
        Integer value = operation.value;
        Key<Integer> key = Key.of(name, Integer.class);
        switch (operation.kind) {
            case PUT -> {
                store.put(name, value);
                model.put(name, value);
            }
            case PUT_TYPED -> {
                store.put(key, value);
                model.put(name, value);
            }
            case GET -> get(() -> store.get(name), name, model);
            case GET_TYPED -> get(() -> store.get(key), name, model);
            case FIND ->
                assertThat(store.find(name)).isEqualTo(store.find(key)).isEqualTo(Optional.ofNullable(model.get(name)));
            case UPDATE -> {
                assertThat(store.update(name, old -> value)).isEqualTo(value);
                model.put(name, value);
            }
            case UPDATE_TYPED -> {
                Integer before = (Integer) model.get(name);
                model.put(name, before == null ? value : Integer.valueOf(before + 1));
                assertThat(store.update(key, old -> old == null ? value : Integer.valueOf(old + 1))).isEqualTo(model.get(name));
            }
            case REMOVE -> assertThat(store.remove(name)).isEqualTo(Optional.ofNullable(model.remove(name)));
            case REMOVE_TYPED -> assertThat(store.remove(key)).isEqualTo(Optional.ofNullable((Integer) model.remove(name)));
        }
    }

    private static void get(Supplier<Object> read, String name, Map<String, Object> model) {
        if (model.containsKey(name)) {
            assertThat(read.get()).isEqualTo(model.get(name));
        } else {
            assertThatThrownBy(read::get).isInstanceOf(FlowException.MissingKey.class);
        }
    }
}
