package dev.pocketflow.quarkus.internal.cloudevent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An event has one identity in both modes. */
class CloudEventAttributesPropertiesTest {

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(20).filter(CloudEventAttributesPropertiesTest::isAllowed);
    }

    private static boolean isAllowed(String text) {
        return text.codePoints()
                .allMatch(each -> !Character.isISOControl(each) && Character.getType(each) != Character.SURROGATE
                        && (each & 0xFFFE) != 0xFFFE && (each < 0xFDD0 || each > 0xFDEF));
    }

    @Property
    void eventIsTheSame_inBinaryAndInStructuredMode(@ForAll("values") String source, @ForAll("values") String id)
            throws Exception {
        byte[] data = "{\"n\":1}".getBytes(UTF_8);
        Map<String, String> headers = Map.of("Content-Type", "application/json", "ce-specversion", "1.0", "ce-type", "t",
                "ce-source", CloudEventAttributes.encoded(source), "ce-id", CloudEventAttributes.encoded(id));
        byte[] whole = Json.MAPPER
                .writeValueAsBytes(Map.of("specversion", "1.0", "type", "t", "source", source, "id", id, "data",
                        Map.of("n", 1)));

        EntryEvent.StartRun binary = EntryEvents.starts(EventParser.http(data, headers::get, null));
        EntryEvent.StartRun structured = EntryEvents
                .starts(EventParser.http(whole, Map.of("Content-Type", "application/cloudevents+json")::get, null));

        assertThat(headers.get("ce-id")).matches("[!-~&&[^\"]]+");
        assertThat(binary.identity()).isEqualTo(structured.identity())
                .isEqualTo(EntryEvents.starts(EventParser.direct(whole)).identity())
                .isEqualTo(new EventIdentity(EventIdentity.Kind.CLOUD_EVENT, List.of(source, id)));
        assertThat(binary.store().asMap()).isEqualTo(structured.store().asMap());
    }

    @Property
    void segmentOfAUri_isTheText(@ForAll("values") String text) {
        URI uri = URI.create("/" + CloudEventAttributes.segment(text));

        assertThat(uri.getPath()).isEqualTo("/" + text);
        assertThat(uri.getRawPath()).doesNotContain("?", "#").matches("/[^/]*");
    }
}
