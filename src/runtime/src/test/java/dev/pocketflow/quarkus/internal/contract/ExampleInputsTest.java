package dev.pocketflow.quarkus.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.BadEvent;

/** The examples of what a flow takes. */
class ExampleInputsTest {

    enum Colour {
        RED,
        GREEN
    }

    record Line(@JsonPropertyDescription("What is ordered") String article, int count, @JsonAlias("color") Colour colour) {
    }

    /** A class that holds itself, and cannot do without. */
    record Endless(@JsonProperty(required = true) Endless next) {
    }

    record Tree(String name, List<Tree> below, Tree above) {
    }

    static final Key<String> TEXT = Key.of("text", String.class).describedAs("The text to shorten");

    private static FlowContract contract(Key<?>... taken) {
        return new FlowContract(Flow.named("flow").takes(taken).node("go", Node.route(store -> null)).build());
    }

    private static List<Map<String, Object>> examples(Key<?>... taken) {
        return contract(taken).examples(ValueRules.NONE);
    }

    @Test
    void example_hasDefaultsDescriptionsAndConstants() {
        Key<Integer> rounds = Key.of("rounds", Integer.class).defaultTo(3);
        Key<List<Line>> lines = Key.listOf("lines", Line.class);

        assertThat(examples(TEXT, rounds, lines).get(0)).isEqualTo(Map.of("text", "The text to shorten", "rounds", 3, "lines",
                List.of(Map.of("article", "What is ordered", "count", 1, "colour", "RED"))));
    }

    @Test
    void secondExample_hasOnlyWhatMustBeThere() {
        assertThat(examples(TEXT, Key.of("note", String.class).optional()))
                .containsExactly(Map.of("text", "The text to shorten", "note", "note"), Map.of("text", "The text to shorten"));
        assertThat(examples(TEXT)).hasSize(1);
    }

    @Test
    void defaultOfASecret_isNotShown() {
        Key<String> secret = Key.secret("card", String.class).defaultTo("4111");

        assertThat(examples(TEXT, secret).get(0)).isEqualTo(Map.of("text", "The text to shorten", "card", "card"));
    }

    @ParameterizedTest
    @ValueSource(classes = { boolean.class, byte.class, short.class, int.class, long.class, float.class, double.class,
            char.class,
            byte[].class, char[].class, int[].class, UUID.class, URI.class, URL.class, LocalDate.class, LocalTime.class,
            LocalDateTime.class, Instant.class, OffsetDateTime.class, ZonedDateTime.class, Duration.class, Period.class,
            ZoneId.class, Locale.class, Object.class, Colour.class, Line.class, Tree.class })
    void exampleOfAType_isAccepted(Class<?> type) {
        assertThat(examples(Key.of("value", type))).hasSize(1);
    }

    @Test
    void example_isLeftOut_ifNoneIsKnown() {
        assertThat(examples(Key.of("endless", Endless.class))).isEmpty();
    }

    /** Such as a constraint of Bean Validation. */
    @Test
    void exampleThatARuleRefuses_isLeftOut() {
        ValueRules refusing = (place, value) -> List.of(new BadEvent.Fault(place.pointer(), "is refused"));

        assertThat(contract(TEXT).examples(refusing)).isEmpty();
    }

    @Test
    void flowWithoutContract_hasNoExample() {
        Flow any = Flow.named("any").node("go", Node.route(store -> null)).build();

        assertThat(new FlowContract(any).examples(ValueRules.NONE)).isEmpty();
    }
}
