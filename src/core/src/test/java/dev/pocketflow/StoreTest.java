package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreTest {

    @RegisterExtension
    final Pools pools = new Pools();

    private static final Key<Integer> COUNT = Key.of("count", Integer.class);
    private static final Key<String> TEXT = Key.of("text", String.class);

    private final Store store = Store.create();

    @Test
    void create_isEmpty() {
        assertThat(store.asMap()).isEmpty();
        assertThat(store.params()).isEmpty();
    }

    @Test
    void names_keepTheOrderOfTheirFirstPut() {
        store.put("b", 1).put("a", 2).put("c", 3).put("b", 4);

        assertThat(store.asMap()).containsExactly(Map.entry("b", 4), Map.entry("a", 2), Map.entry("c", 3));
    }

    @Test
    void of_takesTheValuesAsTheyAre() {
        List<String> list = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("list", list);
        values.put("none", null);

        Store of = Store.of(values);
        values.put("later", 1);

        assertThat(of.asMap()).containsOnlyKeys("list", "none");
        assertThat(of.get("list")).isSameAs(list);
    }

    @Test
    void valueOfNull_isThere_butNotFound() {
        store.put("text", null).put(COUNT, null);

        assertThat(store.get("text")).isNull();
        assertThat(store.get(TEXT)).isNull();
        assertThat(store.get(COUNT)).isNull();
        assertThat(store.find("text")).isEmpty();
        assertThat(store.find(COUNT)).isEmpty();
        assertThat(store.asMap()).containsOnlyKeys("text", "count");
    }

    @Test
    void missingKey_listsTheKeys_butNoValue() {
        store.put("question", "the secret").put("answer", "another");

        assertThatExceptionOfType(FlowException.MissingKey.class).isThrownBy(() -> store.get(TEXT))
                .withMessage("the store has no key 'text'; it has [question, answer]. "
                        + "Put it before this step, read it with find(...), or give its key a default with defaultTo(...)")
                .satisfies(e -> assertThat(e.key()).isEqualTo("text"));
        assertThatExceptionOfType(FlowException.MissingKey.class).isThrownBy(() -> store.get("text"));
        assertThat(store.find(TEXT)).isEmpty();
        assertThat(store.find("text")).isEmpty();
        assertThat(store.remove(TEXT)).isEmpty();
        assertThat(store.remove("text")).isEmpty();
    }

    @Test
    void nameNull_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> store.put((String) null, 1)).withMessage("name");
    }

    @Test
    void remove_givesWhatWasThere() {
        store.put(TEXT, "a").put("count", 1);

        assertThat(store.remove(TEXT)).contains("a");
        assertThat(store.remove("count")).contains(1);
        assertThat(store.asMap()).isEmpty();
    }

    @Test
    void removeOfABadValue_leavesItThere() {
        store.put("count", "many");

        assertThatExceptionOfType(FlowException.BadValue.class).isThrownBy(() -> store.remove(COUNT));
        assertThat(store.get("count")).isEqualTo("many");
    }

    @Test
    void update_startsWithNull_andGivesTheNewValue() {
        assertThat(store.update(COUNT, old -> old == null ? 1 : old + 1)).isEqualTo(1);
        assertThat(store.update(COUNT, old -> old == null ? 1 : old + 1)).isEqualTo(2);
        assertThat(store.update("count", old -> (Integer) old * 10)).isEqualTo(20);
        assertThat(store.get(COUNT)).isEqualTo(20);
    }

    @Test
    void updateThatThrows_changesNothing() {
        store.put(COUNT, 1);

        assertThatThrownBy(() -> store.update(COUNT, old -> {
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThat(store.get(COUNT)).isEqualTo(1);
    }

    @Test
    void updateThatRemovesItsOwnKey_putsTheNewValue() {
        store.put(COUNT, 1).put(TEXT, "first");

        store.update(COUNT, old -> {
            store.remove(COUNT);
            return old + 1;
        });

        assertThat(store.asMap()).containsExactly(Map.entry("text", "first"), Map.entry("count", 2));
    }

    @Test
    void updateOfABadValue_isRefused_andNotCalled() {
        store.put("count", "many");

        assertThatExceptionOfType(FlowException.BadValue.class).isThrownBy(() -> store.update(COUNT, old -> {
            throw new AssertionError("called");
        }));
    }

    @Test
    void updates_fromSixtyFourThreads_loseNothing() throws Exception {
        store.put("list", List.of());
        Key<List<Integer>> list = Key.listOf("list", Integer.class);

        together(64, i -> {
            for (int n = 0; n < 100; n++) {
                store.update(COUNT, old -> old == null ? 1 : old + 1);
            }
            return store.update(list, old -> {
                List<Integer> longer = new ArrayList<>(old);
                longer.add(i);
                return longer;
            });
        });

        assertThat(store.get(COUNT)).isEqualTo(6400);
        assertThat(store.get(list)).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void typedReads_fromManyThreads_giveOneObject() throws Exception {
        Key<List<String>> list = Key.listOf("list", String.class);
        store.put("list", List.of("a", "b"));

        List<List<String>> read = together(16, i -> store.get(list));

        assertThat(read).allMatch(each -> each == read.get(0));
    }

    private <T> List<T> together(int threads, Function<Integer, T> work) throws Exception {
        ExecutorService pool = pools.threads(threads);
        CyclicBarrier all = new CyclicBarrier(threads);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            futures.add(pool.submit(() -> {
                all.await(2, TimeUnit.MINUTES);
                return work.apply(number);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(2, TimeUnit.MINUTES));
        }
        return results;
    }

    @Test
    void asMap_isACopyOfTheMoment_andCannotBeChanged() {
        store.put("a", 1);

        Map<String, Object> before = store.asMap();
        store.put("b", 2);

        assertThat(before).containsOnlyKeys("a");
        assertThatThrownBy(() -> before.put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void toString_holdsNamesOnly() {
        assertThat(store.put("question", "the secret")).hasToString("Store[question]");
    }

    @Test
    void sameStoreWithParams_sharesItsValues() {
        Store iteration = store.with(Map.of("i", 1));

        iteration.put("a", 1);

        assertThat(store.get("a")).isEqualTo(1);
        assertThat(store.params()).isEmpty();
        assertThat(iteration.params()).containsExactly(Map.entry("i", 1));
        assertThat(iteration.asMap()).containsOnlyKeys("a");
    }
}
