package dev.pocketflow.cloud.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    @ParameterizedTest
    @ValueSource(strings = { "{}", " [1, {\"a\": null}] ", "\"text\"", "-1.5e3", "true", "null" })
    void oneJsonValueIsAnEvent(String text) {
        assertThat(EventJson.problem(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "{", "[1,]", "{\"a\":1} x", "1 2", "{}{}", "\"text", "tru", "'a'", "\ud800" })
    void anythingElseIsNot(String text) {
        assertThat(EventJson.problem(text)).isNotEmpty();
    }
}
