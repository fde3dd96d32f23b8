package dev.pocketflow.quarkus.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

class CanonicalJsonTest {

    private static String canonical(String json) {
        return new String(CanonicalJson.of(json.getBytes(UTF_8), 10).bytes(), UTF_8);
    }

    private static EnvelopeRefused refused(byte[] json) {
        return catchThrowableOfType(EnvelopeRefused.class, () -> CanonicalJson.of(json, 10).bytes());
    }

    private static EnvelopeRefused refused(String json) {
        return refused(json.getBytes(UTF_8));
    }

    /** RFC 8785, section 3.2.2 to 3.2.4, except the first number: its digits are more than a double holds, and stay. */
    @Test
    void workedExample_isAsInTheRfc() {
        assertThat(canonical("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""")).isEqualTo("{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.33333329,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3. */
    @Test
    void members_areInTheOrderOfTheRfc() {
        assertThat(canonical("""
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }""")).isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** Names are compared eight bytes at a time if they are ASCII. */
    @Test
    void members_areInOrder_whateverIsInTheirNames() {
        String sorted = "{\"\":0,\"\\u0000\":0,\"a\":0,\"a\\u0000\":0,\"abcdefg\":0,\"abcdefgh\":0,\"abcdefghi\":0,"
                + "\"abcdefghiä\":0,\"abcdefgä\":0,\"ä\":0,\"\ud83d\ude00\":0,\"\ud83d\ude01\":0,\"\ufffd\":0}";
        List<String> members = Arrays.asList(sorted.substring(1, sorted.length() - 1).split(","));
        for (int i = 0; i < 100; i++) {
            Collections.shuffle(members, new Random(i));
            assertThat(canonical("{" + String.join(",", members) + "}")).isEqualTo(sorted);
        }
    }

    @Test
    void escapes_areTheShortOnesOfTheRfc_andLowerCase() {
        assertThat(
                canonical("{\"a\":\"\\u0008\\u0009\\u000A\\u000C\\u000D\\u0000\\u001F\\u007f\\u2028\\u0022\\u005C\\u002F\"}"))
                .isEqualTo("{\"a\":\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028\\\"\\\\/\"}");
    }

    @Test
    void charactersOfAnyLength_areWrittenInUtf8() {
        assertThat(canonical("{\"\\u00e9\\ud834\\udd1e\":\"a\\u00e9\\u20ac\\ud834\\udd1ez\"}"))
                .isEqualTo("{\"é𝄞\":\"aé€𝄞z\"}");
    }

    @Test
    void emptyAndNestedValues_areWritten() {
        assertThat(canonical(" { } ")).isEqualTo("{}");
        assertThat(canonical("{\"b\":[],\"a\":{},\"c\":[[ ],{ },[1,{\"z\":1,\"y\":[2]}]]}"))
                .isEqualTo("{\"a\":{},\"b\":[],\"c\":[[],{},[1,{\"y\":[2],\"z\":1}]]}");
    }

    @Test
    void manyMembers_areSorted() {
        StringBuilder json = new StringBuilder("{");
        StringBuilder sorted = new StringBuilder("{");
        for (int i = 0; i < 1000; i++) {
            json.append(i == 0 ? "" : ",").append('"').append(1999 - i).append("\":{\"b\":0,\"a\":").append(i).append('}');
            sorted.append(i == 0 ? "" : ",").append('"').append(1000 + i).append("\":{\"a\":").append(999 - i)
                    .append(",\"b\":0}");
        }
        assertThat(canonical(json.append('}').toString())).isEqualTo(sorted.append('}').toString());
    }

    @Test
    void oneMember_isLeftOut_atTheTopOnly() {
        CanonicalJson rest = CanonicalJson.without("seal", "{\"z\":{\"seal\":1},\"seal\":\"x\\u0079\",\"a\":1}".getBytes(UTF_8),
                10);

        assertThat(rest.bytes()).asString(UTF_8).isEqualTo("{\"a\":1,\"z\":{\"seal\":1}}");
        assertThat(rest.member()).isEqualTo("xy");
    }

    @Test
    void nothingIsLeftOut_withoutTheMember() {
        assertThat(CanonicalJson.without("seal", "{\"a\":1}".getBytes(UTF_8), 10).member()).isNull();
        assertThat(CanonicalJson.without("seal", "{\"seal\":\"x\"}".getBytes(UTF_8), 10).bytes()).asString(UTF_8)
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":1,\"a\":2}", "{\"b\":1,\"a\":1,\"b\":2}",
            "{\"a\":1,\"\\u0061\":1}",
            "{\"x\":[{\"c\":{},\"c\":[]}]}", "{\"c\":1,\"b\":1,\"a\":1,\"b\":1}" })
    void repeatedName_isRefused(String json) {
        assertThat(refused(json)).hasMessageContaining("a name is used twice").extracting(EnvelopeRefused::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void secondSeal_isRefused() {
        byte[] json = "{\"seal\":\"a\",\"seal\":\"a\"}".getBytes(UTF_8);

        assertThat(catchThrowableOfType(EnvelopeRefused.class, () -> CanonicalJson.without("seal", json, 10)))
                .hasMessageContaining("a name is used twice");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"a\":\"\\ud800\"}", "{\"a\":\"x\\udc00\"}", "{\"a\":\"\\udc00\\ud800\"}",
            "{\"a\":\"\\ud800x\"}", "{\"a\":\"\\ud800\\ud800\"}" })
    void halfASurrogatePair_isRefused(String json) {
        assertThat(refused(json)).hasMessageContaining("half a surrogate pair").extracting(EnvelopeRefused::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "null", "[]", "1", "\"{}\"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
            "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":NaN}", "{\"a\":Infinity}",
            "{\"a\":[1,]}",
            "{\"a\":tru}", "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{}{}", "{}1", "{} x", "{}]", "/**/{}", "{\"a\":[}",
            "\ufeff{}" })
    void textIsRefused_whenItIsNotAnObject(String json) {
        assertThat(refused(json)).extracting(EnvelopeRefused::reason).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void halfASurrogatePairInAName_isRefused() {
        assertThat(refused("{\"\\ud800\":1}").reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused("{\"a\\udc00b\":1}").reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void bytesAreRefused_whenTheyAreNotUtf8() {
        byte[][] texts = { { (byte) 0xC1, (byte) 0xA1 }, { (byte) 0xE0, (byte) 0x81, (byte) 0xA1 }, { (byte) 0xFF },
                { (byte) 0xED, (byte) 0xA0, (byte) 0xB4, (byte) 0xED, (byte) 0xB4, (byte) 0x9E }, { (byte) 0xC3 } };
        for (byte[] text : texts) {
            byte[] json = ("{\"a\":\"" + "*".repeat(text.length) + "\"}").getBytes(UTF_8);
            System.arraycopy(text, 0, json, 6, text.length);
            assertThat(refused(json)).hasMessage("the envelope is no UTF-8").extracting(EnvelopeRefused::reason)
                    .isEqualTo(Reason.MALFORMED);
        }
        assertThat(refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16)).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void messages_quoteNothing() {
        assertThat(refused("{\"password\": hunter2}")).hasMessageMatching("the envelope is not JSON, at byte "
                + "\\d+").hasNoCause();
        assertThat(refused("{\"hunter2\":1,\"hunter2\":2}").getMessage()).doesNotContain("hunter");
        assertThat(refused("{\"a\":\"hunter2\\ud800\"}").getMessage()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"a\":{\"a\":{\"a\":1}}} | 3", "{\"a\":[[1,{},2]]} | 4", "{} | 1" })
    void depthIsAccepted_upToTheLimit(String json, int depth) {
        assertThat(CanonicalJson.of(json.getBytes(UTF_8), depth).bytes()).asString(UTF_8).isEqualTo(json);

        assertThat(catchThrowableOfType(EnvelopeRefused.class, () -> CanonicalJson.of(json.getBytes(UTF_8), depth - 1).bytes()))
                .hasMessageContaining("quarkus.pocketflow.envelope.max-depth").extracting(EnvelopeRefused::reason)
                .isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void hugeDepth_isRefusedAsTooDeep() {
        assertThat(refused("{\"a\":".repeat(1_000_000)).reason()).isEqualTo(Reason.TOO_DEEP);
        assertThat(refused("{\"a\":" + "[".repeat(1_000_000)).reason()).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void numbersAndNamesOfExcessiveLength_areRefused() {
        assertThat(canonical("{\"a\":" + "1".repeat(1000) + "}")).hasSize(1012);
        assertThat(refused("{\"a\":" + "1".repeat(1001) + "}").reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused("{\"a\":0." + "1".repeat(1001) + "}").reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused("{\"" + "a".repeat(50_001) + "\":1}").reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused("{\"a\":1e100000}").reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused("{\"a\":1e-99999999999999999999}").reason()).isEqualTo(Reason.MALFORMED);
    }
}
