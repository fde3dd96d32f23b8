package dev.pocketflow.quarkus.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.pocketflow.Key;
import dev.pocketflow.Store;

/** Two JSON texts have one canonical form, and so one seal, only if the reader of envelopes reads equal values. */
class CanonicalJsonReadingTest {

    /** The number of documents for each seed. */
    private static final int DOCUMENTS = 50_000;
    private static final JsonMapper JACKSON = new JsonMapper();

    private static byte[] canonical(String json) {
        return CanonicalJson.of(json.getBytes(UTF_8), 20).bytes();
    }

    private static Object read(String json) {
        return UntypedJson.read(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
    void documentsOfOneForm_areReadAlike(long seed) {
        Random random = new Random(seed);
        int alike = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String number = JsonNumberForms.any(random);
            String other = JsonNumberForms.rewritten(number, random);
            boolean nested = random.nextInt(10) == 0;
            String one = nested ? "{\"b\":[1," + number + "],\"a\":\"é\"}" : "{\"a\":" + number + "}";
            String two = nested ? "{\"a\":\"\\u00e9\", \"b\":[1.0, " + other + "]}" : "{\"a\": " + other + " }";
            boolean same = Arrays.equals(canonical(one), canonical(two));
            alike += same ? 1 : 0;
            if (same != read(one).equals(read(two))) {
                fail("%s and %s have %s form", one, two, same ? "one" : "not one");
            }
        }
        assertThat(alike).as("pairs that mean the same").isBetween(DOCUMENTS / 4, DOCUMENTS * 3 / 4);
    }

    /** No form of a number is read as another number. */
    @Test
    void numbers_areReadWithAllTheirDigits() {
        Random random = new Random(1);
        for (int i = 0; i < DOCUMENTS; i++) {
            String number = JsonNumberForms.any(random);
            Number read = (Number) ((Map<?, ?>) read("{\"a\":" + number + "}")).get("a");
            if (new BigDecimal(read.toString()).compareTo(new BigDecimal(number)) != 0) {
                fail("%s is read as %s", number, read);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "1234567890123456789, 1234567890123456788.0", "1234567890123456789, 1234567890123456800",
            "9007199254740993, 9007199254740992.0", "9007199254740993, 9.007199254740992e15",
            "99999999999999.99, 99999999999999.98",
            "12345678901234567.89, 1.2345678901234568E16", "0.1, 0.10000000000000001", "333333333.33333329, 333333333.3333333",
            "1e400, 1e401", "1e-400, 0", "0, -0.0", "0, -0e9", "123456789012345678901234567890, 1.2345678901234568e29",
            "1e99999, 1e99998", "0.12345678901234567890123, 0.12345678901234567890124", "5e-324, 4.9e-324" })
    void otherNumbers_haveOtherForms(String one, String other) {
        assertThat(CanonicalNumberTest.canonical(one)).isNotEqualTo(CanonicalNumberTest.canonical(other));
        assertThat(read("[" + one + "]")).isNotEqualTo(read("[" + other + "]"));
    }

    /** The seal holds if a service rewrites a number, and the number is read as the same value. */
    @ParameterizedTest
    @CsvSource({ "1234567890123456789, 1234567890123456789.0", "1234567890123456789, 1.234567890123456789e18", "5, 5.0",
            "5, 50e-1", "1e22, 10000000000000000000000", "1e300, 1.0E+300", "99999999999999.99, 9999999999999999e-2",
            "0, -0", "0.1, 1e-1", "1.50, 1.5", "1e400, 10e399", "-0.0, -0e5", "0.0, 0",
            "123456789012345678901234567890e100, 1.2345678901234567890123456789E129" })
    void formsOfOneNumber_areReadAlike(String one, String other) {
        assertThat(CanonicalNumberTest.canonical(one)).isEqualTo(CanonicalNumberTest.canonical(other));
        assertThat(read("[" + one + "]")).isEqualTo(read("[" + other + "]"));
    }

    /** Each key of a node reads the same digits. */
    @ParameterizedTest
    @ValueSource(strings = { "1234567890123456789", "1234567890123456789.0", "1e22", "0.1", "99999999999999.99", "1e300",
            "12345678901234567.89", "1e85", "123456789012345678901234567890e90" })
    void decimalKey_readsEachDigit(String number) {
        Store store = Store.of(Map.of("a", ((List<?>) read("[" + number + "]")).get(0)));

        assertThat(store.get(Key.of("a", BigDecimal.class))).isEqualByComparingTo(number);
        assertThat(new BigDecimal(store.get(Key.of("a", JsonNode.class)).asText())).isEqualByComparingTo(number);
    }

    /** Compares with RFC 8785's own implementation; I-JSON (RFC 7493) has only numbers that a double holds. */
    @Test
    void canonicalForm_isThatOfRfc8785_forIJson() throws IOException {
        Random random = new Random(8785);
        for (int i = 0; i < 20_000; i++) {
            Map<String, Object> document = JsonDocuments.iJson(random);
            String json = JsonRewriter.write(document, random.nextLong());
            assertThat(new String(canonical(json), UTF_8))
                    .isEqualTo(new JsonCanonicalizer(JACKSON.writeValueAsString(document)).getEncodedString());
        }
    }
}
