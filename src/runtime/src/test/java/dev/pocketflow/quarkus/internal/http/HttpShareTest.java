package dev.pocketflow.quarkus.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpShareTest {

    /** Values that are short as text and large in memory. */
    static Stream<String> dense() {
        return Stream.of("{},", "[],", "[", "{\\\"a\\\":", "{\"a\":0},", "[[]],", "\"\":{},");
    }

    /** An object or a list has at least 24 bytes, and its reference another 4 to 8; most have a table, too. */
    @ParameterizedTest
    @MethodSource("dense")
    void structure_weighsWhatItIsInMemory(String unit) {
        byte[] json = unit.repeat(10_000).getBytes(UTF_8);
        long structures = unit.chars().filter(each -> each == '{' || each == '[').count();

        assertThat(HttpShare.weightOfJson(json)).isGreaterThanOrEqualTo(96 * 10_000L * structures + 16L * json.length);
    }

    @Test
    void text_weighsItsCopies() {
        assertThat(HttpShare.weightOfJson("x".repeat(1_000_000).getBytes(UTF_8))).isEqualTo(16_000_000);
    }

    @Test
    void inputOfTheIssueExceedsAnInstanceOf205Megabytes_andOrdinaryInputDoesNot() {
        long heap = 205L * 1024 * 1024;
        assertThat(HttpShare.weightOfJson(("{\"x\":[" + "{},".repeat(3_300_000) + "{}]}").getBytes(UTF_8))).isGreaterThan(heap);
        assertThat(HttpShare.weightOfJson("{\"question\":\"How long may an AWS Lambda function run?\"}".getBytes(UTF_8)))
                .isLessThan(2_000);
    }
}
