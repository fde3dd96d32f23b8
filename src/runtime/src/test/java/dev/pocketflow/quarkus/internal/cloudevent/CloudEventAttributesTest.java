package dev.pocketflow.quarkus.internal.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.BadEvent;

/** The table of https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md, 3.1.3.2. */
class CloudEventAttributesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "simple | simple", "Euro € 😀 | Euro%20%E2%82%AC%20%F0%9F%98%80", "a b | a%20b", "100% | 100%25", "%20 | %2520",
            "say \"hi\" | say%20%22hi%22", "ü | %C3%BC", "a+b&c=d;e,f'g | a+b&c=d;e,f'g", "!~ | !~",
            "/a/b?c#d{e}[f]^\\ | /a/b?c#d{e}[f]^\\" })
    void valueIsEncoded_asTheBindingDefines(String value, String header) {
        assertThat(CloudEventAttributes.encoded(value)).isEqualTo(header);
        assertThat(CloudEventAttributes.decoded("id", header)).isEqualTo(value);
    }

    /** Forms that no encoder of today writes, and each decoder accepts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "%c3%bc | ü", "%61%62c | abc", "a b | a b", "\"a b\" | a b", "\"a\\\"b\" | a\"b", "\"a\\\\b\" | a\\b",
            "a\\b | a\\b",
            "\"100%25\" | 100%", "\"%22\" | \"", "x\" y \"z | x y z", "%2520 | %20", "\"\\%41\" | A" })
    void headerIsDecoded_whenItIsOldOrEncodedWithoutNeed(String header, String value) {
        assertThat(CloudEventAttributes.decoded("id", header)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "100%", "%", "%4", "%4G", "%G4", "%%41", "% 41", "%+1", "%u0041", "%\uFF11\uFF11", "\"a", "a\"b",
            "\"a\\\"", "\"\\", "%C0%A0", "%FF", "%C3", "%C3x", "%ED%A0%80", "%F4%90%80%80", "%E2%82", "ü", "\u00c3\u00bc",
            "\u007f",
            "😀" })
    void wrongHeaderIsRefused_withoutItsValue(String header) {
        assertThatThrownBy(() -> CloudEventAttributes.decoded("id", "S3CRET" + header))
                .hasMessageStartingWith("the header ce-id ")
                .hasMessageContaining("%20 for a space").hasMessageNotContaining("S3CRET").asInstanceOf(type(BadEvent.class))
                .extracting(BadEvent::status).isEqualTo(400);
    }

    static Stream<String> forbidden() {
        return Stream.of("\n", "\t", "\r", "\0", "\u001f", "\u007f", "\u0080", "\u009f", "\ufdd0", "\ufdef", "\ufffe", "\uffff",
                "\ud83f\udffe", "\ud800", "\udc00", "x".repeat(4_097));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void invalidValueIsRefused_inBothModes(String value) {
        for (String name : CloudEventAttributes.REQUIRED) {
            Map<String, Object> event = new HashMap<>(
                    Map.of("specversion", "1.0", "id", "1", "source", "/s", "type", "t", "data", Map.of()));
            event.put(name, "1.0" + value);
            assertThatThrownBy(() -> CloudEventAttributes.structured(event)).hasMessageContaining("the CloudEvent's " + name)
                    .hasMessageNotContaining(value).isInstanceOf(BadEvent.class);
            Map<String, String> headers = new HashMap<>(
                    Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t"));
            headers.put("ce-" + name, CloudEventAttributes.encoded("1.0" + value));
            if (!value.equals("\ud800") && !value.equals("\udc00")) { // it has no form in UTF-8
                assertThatThrownBy(() -> CloudEventAttributes.binary(headers::get)).isInstanceOf(BadEvent.class)
                        .hasMessageContaining("the CloudEvent's " + name);
            }
        }
    }

    @Test
    void longestValueIsAccepted_andALongerOneRefused() {
        Map<String, Object> event = Map.of("specversion", "1.0", "id", "x".repeat(4_096), "source", "/s", "type", "t");

        assertThat(CloudEventAttributes.structured(event).id()).hasSize(4_096);
    }
}
