package dev.pocketflow.quarkus.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Values of the right type that make no sense. */
class ConfigValidatorTest {

    private static PocketFlowConfig config(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("quarkus.pocketflow.envelope.keys.k1", ConfigValues.K1));
        values.forEach((key, value) -> all.put("quarkus.pocketflow." + key, value));
        return new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).withDefaultValues(all).addDiscoveredConverters()
                .build().getConfigMapping(PocketFlowConfig.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-steps              | 0      | must be at least 1, was 0
            timeout                | 0s     | must be positive, was PT0S
            budget.steps           | 0      | must be at least 1, was 0
            budget.hops            | -1     | must be at least 1, was -1
            budget.hops            | 0      | must be at least 1, was 0
            budget.time            | -1s    | must be positive, was PT-1S
            budget.margin          | -1s    | must not be negative, was PT-1S
            budget.usage.cents     | NaN    | must be more than 0, was NaN
            budget.usage.input-tokens | 0   | must be more than 0, was 0.0
            envelope.expires       | 0s     | must be positive, was PT0S
            envelope.limit         | 0      | must be at least 1, was 0
            ledger.keep            | 0s     | must be positive, was PT0S
            ledger.max-memory      | 65535  | must be at least 65536 bytes, was 65535
            stream.heartbeat       | 0s     | must be positive, was PT0S
            stream.idle            | -5s    | must be positive, was PT-5S
            stream.buffer          | 1      | must be at least 32768 bytes, was 1
            in-flight.upload       | 0s     | must be positive, was PT0S
            in-flight.unread       | 0s     | must be positive, was PT0S
            in-flight.max-memory   | 1000K  | must be at least 1048576 bytes, was 1024000
            park.directory         | target | is set: remove it, or set quarkus.pocketflow.park=directory
            park.queue-url         | q      | is set: remove it, or set quarkus.pocketflow.park=sqs
            """)
    void value_isRefused_byItsKey(String key, String value, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigValidator.check(config(Map.of(key, value))))
                .withMessageContaining("quarkus.pocketflow." + key + " " + problem);
    }

    @Test
    void valueOfAnotherType_isRefused_byItsKey() {
        assertThatThrownBy(() -> config(Map.of("timeout", "soon"))).isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("quarkus.pocketflow.timeout");
    }

    @Test
    void keepOfTheLedger_isRefused_withoutALedger() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigValidator.check(config(Map.of("ledger", "none", "ledger.keep", "0s"))))
                .withMessage("quarkus.pocketflow.ledger.keep must be positive, was PT0S");
    }

    @Test
    void claimCheckInTwoPlaces_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigValidator
                        .check(config(Map.of("claim-check.bucket", "claims", "claim-check.directory", "target"))))
                .withMessageContaining("are both set");
    }

    @Test
    void defaults_areTaken() {
        assertThatCode(() -> ConfigValidator.check(config(Map.of()))).doesNotThrowAnyException();
    }
}
