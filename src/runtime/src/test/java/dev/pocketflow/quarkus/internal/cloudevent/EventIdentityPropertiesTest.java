package dev.pocketflow.quarkus.internal.cloudevent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity.Kind;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;
import dev.pocketflow.quarkus.internal.ledger.IdempotencyKey;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two events are one run only if all parts by which a run is found are equal. */
class EventIdentityPropertiesTest {

    private record Named(String flow, EventIdentity identity, Map<String, Object> data) {

        String run() {
            return IdempotencyKey.run(Ledger.NONE, flow, identity, Store.of(data), Instant.EPOCH);
        }
    }

    /** Few letters, with separators among them, so that parts run into each other. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', '\n', '/', ':', '\0', '\uD83D').ofMaxLength(4);
    }

    @Provide
    Arbitrary<List<?>> events() {
        Arbitrary<EventIdentity> identities = Combinators.combine(Arbitraries.of(Kind.class), texts().list().ofMaxSize(3))
                .as(EventIdentity::new);
        Arbitrary<Map<String, Object>> data = Arbitraries.maps(Arbitraries.of("a", "b"), Arbitraries.of(1, 2, "1", List.of(1)))
                .map(HashMap::new);
        return Combinators.combine(texts(), identities, data).as(Named::new).list().ofMinSize(2).ofMaxSize(40)
                .map(list -> list);
    }

    @Property
    void runsAreTheSame_onlyForTheSameEvents(@ForAll("events") List<?> events) {
        Map<String, Object> runs = new HashMap<>();
        for (Object each : events) {
            Object other = runs.put(((Named) each).run(), each);
            assertThat(other).isIn(null, each);
        }
    }

    /** Regression: a line break was once the only separator between the parts of an identity. */
    @Property(tries = 300)
    void sourcesAndIdsAreNotConfused(@ForAll("splits") List<String> split) {
        assertThat(new EventIdentity(Kind.CLOUD_EVENT, List.of(split.get(0), split.get(1))).bytes("f", new byte[32]))
                .isNotEqualTo(
                        new EventIdentity(Kind.CLOUD_EVENT, List.of(split.get(2), split.get(3))).bytes("f", new byte[32]));
    }

    @Provide
    Arbitrary<List<String>> splits() {
        Arbitrary<String> text = Arbitraries.strings().withChars('a', '\n', '/').ofLength(6);
        return Combinators.combine(text, Arbitraries.integers().between(0, 2), Arbitraries.integers().between(3, 6))
                .as((whole, one, two) -> new ArrayList<>(List.of(whole.substring(0, one), whole.substring(one),
                        whole.substring(0, two), whole.substring(two))));
    }

    /** A sender who signs in has separate names: nobody else can take the place of the sender's event. */
    @Property(tries = 100)
    void namesOfTwoSendersDiffer(@ForAll("senders") List<String> senders) {
        for (Map<String, String> headers : List.of(Map.of("Content-Type", "application/json", "Idempotency-Key", "7"),
                Map.of("Content-Type", "application/json", "ce-specversion", "1.0", "ce-source", "/s", "ce-id", "7", "ce-type",
                        "t"))) {
            assertThat(senders.stream()
                    .map(sender -> EntryEvents.starts(EventParser.http("{}".getBytes(UTF_8), headers::get, sender)).identity()))
                    .doesNotHaveDuplicates();
        }
    }

    @Provide
    Arbitrary<List<String>> senders() {
        return texts().injectNull(0.2).list().uniqueElements().ofMinSize(2).ofMaxSize(5);
    }
}
