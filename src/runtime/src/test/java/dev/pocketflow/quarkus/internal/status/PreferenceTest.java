package dev.pocketflow.quarkus.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header Prefer, by the grammar of RFC 7240, section 2. */
class PreferenceTest {

    /** Neither the stack nor the time of the request is at the sender's mercy. */
    @ParameterizedTest
    @ValueSource(strings = { " ", ";", "\"", ";x=\"\"", ",", "a ", "a=\"b\";c", "=" })
    @Timeout(10)
    void longHeader_isReadInTime(String part) {
        assertThat(Preference.wait("a;" + part.repeat(300_000) + "x")).isEmpty();
        assertThat(Preference.wait("a" + part.repeat(300_000) + "\u0000")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "wait=10|10",
            "Wait = 10|10",
            "wait=\"10\"|10",
            "wait=0|0",
            "respond-async|0",
            "RESPOND-ASYNC|0",
            "respond-async, wait=7|7",
            "wait=7, respond-async|7",
            "return=minimal; a=\"b,c\", wait=3|3",
            "wait=4; foo=bar|4",
            "wait=5, wait=6|5",
            "handling=lenient|",
            "wait=-1|",
            "wait=ten|",
            "wait=99999999999|",
            ", ,wait=8|8",
            "wait|",
            "=|",
            ",,,|",
            "\"wait=3\"|"
    })
    void timeToWait_isReadFromTheHeader(String header, Long seconds) {
        assertThat(Preference.wait(header)).isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }
}
