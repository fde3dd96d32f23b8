package dev.pocketflow.quarkus.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class SettingsCheckTest {

    private static final Node<Object, Object> NODE = new Node<>() {
    };
    private static final Flow NESTED = Flow.named("nested").node("a", NODE).then("deep")
            .node("deep", new RemoteFlow("my-agent"))
            .build();
    private static final Flow MAIN = Flow.named("main").node("a", NODE).then("b").node("b", NESTED).then("c")
            .node("c", new RemoteFlow("writer")).build();
    private static final SettingsCheck CHECK = new SettingsCheck(
            List.of("pocketflow.hand-over", "pocketflow.max-steps", "pocketflow.remote.*", "pocketflow.envelope.keys.*"),
            List.of("input-tokens", "cost"), false);

    private static List<String> entries(SettingsCheck check, String... settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class)
                .addDiscoveredConverters();
        for (int i = 0; i < settings.length; i += 2) {
            config.withDefaultValue(settings[i], settings[i + 1]);
        }
        return check.entries(config.build().getConfigMapping(PocketFlowConfig.class), Map.of("main", MAIN));
    }

    @Test
    void remotes_areThoseOfNestedFlowsToo() {
        assertThat(SettingsCheck.remotes(List.of(MAIN))).containsExactly("my-agent", "writer");
        assertThat(SettingsCheck.remotes(List.of(Flow.branches("side", Flow.named("x").node("a", NODE).build())))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "POCKETFLOW_HAND_OVER", "POCKETFLOW_REMOTE_MY_AGENT", "POCKETFLOW_REMOTE__MY_AGENT_",
            "POCKETFLOW_ENVELOPE_KEYS_K1", "_PROD_POCKETFLOW_MAX_STEPS", "PATH", "POCKETFLOW_SERVICE_HOST",
            "POCKETFLOW_PORT_8080_TCP_ADDR", "POCKETFLOW_AGENT_SERVICE_PORT_HTTP", "MY_POCKETFLOW_HAND_OVR" })
    void variable_isNotWarnedAbout_thatIsAKey_orNoneOfOurs(String name) {
        assertThat(CHECK.variables(List.of(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "POCKETFLOW_HAND_OVR", "POCKETFLOW_HANDOVER", "POCKETFLOW_REMOTE", "POCKETFLOW_ENVELOPE_KEY_K1",
            "_PROD_POCKETFLOW_MAX_STEP" })
    void variable_isWarnedAbout_byName_thatIsNoKey(String name) {
        assertThat(CHECK.variables(List.of(name))).singleElement().asString()
                .contains("the environment variable " + name + " is no key");
    }

    @Test
    void variables_areRefused_thatAreSpellingsOfOneKey() {
        assertThatThrownBy(() -> CHECK.variables(List.of("POCKETFLOW_REMOTE_MY_AGENT", "POCKETFLOW_REMOTE__MY_AGENT_")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POCKETFLOW_REMOTE_MY_AGENT and POCKETFLOW_REMOTE__MY_AGENT_");
    }

    @Test
    void property_isWarnedAbout_thatIsNoKey() {
        assertThat(CHECK.properties(List.of("pocketflow.hand-over", "%prod.pocketflow.max-steps", "pocketflow.remote.\"a.b\"",
                "java.home"))).isEmpty();
        assertThat(CHECK.properties(List.of("pocketflow.hand-ovr", "%dev.pocketflow.max_steps"))).hasSize(2)
                .anyMatch(warning -> warning.contains("the system property pocketflow.hand-ovr is no key"));
    }

    @Test
    void remote_isWarnedAbout_thatNoGraphNames_withThoseThatAre() {
        assertThat(entries(CHECK, "pocketflow.remote.my.agent", "u", "pocketflow.remote.writer", "u")).isEmpty();
        assertThat(entries(CHECK, "pocketflow.remote.agnet", "u")).singleElement().asString()
                .contains("pocketflow.remote.agnet", "no RemoteFlow", "[my-agent, writer]");
        assertThat(entries(CHECK, "pocketflow.remote.writer", "nested")).singleElement().asString()
                .contains("has no flow 'writer'", "[main]");
    }

    @Test
    void remoteWithoutAnAddress_isWarnedAbout_whereItsNameIsNone() {
        assertThat(entries(CHECK, "pocketflow.hand-over", "lambda")).isEmpty();
        assertThat(entries(CHECK, "pocketflow.hand-over", "http", "pocketflow.remote.writer", "http://writer")).singleElement()
                .asString().contains("'my-agent'", "POCKETFLOW_REMOTE_MY_AGENT");
    }

    @Test
    void unit_isWarnedAbout_thatNothingCounts() {
        assertThat(entries(CHECK, "pocketflow.budget.usage.input.tokens", "5", "pocketflow.budget.usage.COST", "5")).isEmpty();
        assertThat(entries(CHECK, "pocketflow.budget.usage.input-token", "5")).singleElement().asString()
                .contains("pocketflow.budget.usage.input-token limits nothing", "[cost, input-tokens]");
        assertThat(entries(new SettingsCheck(List.of(), List.of(), true), "pocketflow.budget.usage.any", "5")).isEmpty();
    }
}
