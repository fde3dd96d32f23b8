package dev.pocketflow.quarkus.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeKeysTest {

    private static FreeKeys<String> keys(Map<String, String> configured, String... known) {
        return new FreeKeys<>("quarkus.pocketflow.remote", configured, List.of(known));
    }

    @ParameterizedTest
    @CsvSource({ "my-agent, my_agent", "my.agent, my_agent", "MyAgent, myagent", "'my agent', my_agent", "a--b, a_b",
            "-a-, a", "größe, gr_e", "k1, k1", "'', ''", "ü, ''" })
    void plainSpelling_isThatOfAnEnvironmentVariable(String name, String plain) {
        assertThat(SettingNames.plain(name)).isEqualTo(plain);
        assertThat(SettingNames.plain(plain)).isEqualTo(plain);
    }

    @Test
    void variable_isTheKeyInCapitals() {
        assertThat(SettingNames.variable("quarkus.pocketflow.remote.my-agent")).isEqualTo("QUARKUS_POCKETFLOW_REMOTE_MY_AGENT");
    }

    @ParameterizedTest
    @ValueSource(strings = { "my.agent", "my-agent", "my_agent", "my..agent", "MY-AGENT" })
    void spelling_matchesTheKnownName(String spelling) {
        FreeKeys<String> keys = keys(Map.of(spelling, "url"), "my-agent", "writer");

        assertThat(keys.get("my-agent")).isEqualTo("url");
        assertThat(keys.get("writer")).isNull();
        assertThat(keys.entries()).containsOnly(Map.entry("my-agent", "url"));
        assertThat(keys.unknown()).isEmpty();
    }

    @Test
    void unknownEntry_keepsItsName_andIsFoundByEachSpelling() {
        FreeKeys<String> keys = keys(Map.of("my.caller", "url"), "agent");

        assertThat(keys.unknown()).containsExactly("my.caller");
        assertThat(keys.get("my-caller")).isEqualTo("url");
        assertThat(keys.get("my.caller")).isEqualTo("url");
        assertThat(keys.get("caller")).isNull();
    }

    @Test
    void severalEntriesOfOneSpelling_areRefused_byName() {
        assertThatThrownBy(() -> keys(Map.of("my-agent", "a", "my.agent", "b"), "my-agent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quarkus.pocketflow.remote has several entries whose names are spelt alike: [my-agent, my.agent]. "
                        + "Keep one of them, or give them different names");
        assertThatThrownBy(() -> keys(Map.of("K1", "a", "k1", "b"))).hasMessageContaining("[K1, k1]");
    }

    @Test
    void entryForSeveralKnownNames_isRefused_byName() {
        assertThatThrownBy(() -> keys(Map.of("my.agent", "a"), "my-agent", "my_agent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quarkus.pocketflow.remote.my.agent may mean each of [my-agent, my_agent]");
    }

    @Test
    void knownNamesOfOneSpelling_haveEachItsOwnEntry() {
        FreeKeys<String> both = keys(Map.of("my-agent", "a", "my_agent", "b"), "my-agent", "my_agent");
        FreeKeys<String> one = keys(Map.of("my-agent", "a"), "my-agent", "my_agent");

        assertThat(both.get("my-agent")).isEqualTo("a");
        assertThat(both.get("my_agent")).isEqualTo("b");
        assertThat(one.get("my-agent")).isEqualTo("a");
        assertThat(one.get("my_agent")).isNull();
    }
}
