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

    private static final Node<Void, Void> NODE = Node.route(shared -> null);
    private static final Flow NESTED = Flow.named("nested").node("a", NODE).then("deep")
            .node("deep", new RemoteFlow("my-agent"))
            .build();
    private static final Flow MAIN = Flow.named("main").node("a", NODE).then("b").node("b", NESTED).then("c")
            .node("c", new RemoteFlow("writer")).build();
    private static final SettingsCheck CHECK = new SettingsCheck(
            List.of("quarkus.pocketflow.hand-over", "quarkus.pocketflow.max-steps", "quarkus.pocketflow.remote.*",
                    "quarkus.pocketflow.envelope.keys.*"),
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
    void remotesOfNestedFlows_areKnown() {
        assertThat(SettingsCheck.remotes(List.of(MAIN))).containsExactly("my-agent", "writer");
        assertThat(SettingsCheck.remotes(List.of(Flow.branches("side", Flow.named("x").node("a", NODE).build())))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "QUARKUS_POCKETFLOW_HAND_OVER", "QUARKUS_POCKETFLOW_REMOTE_MY_AGENT",
            "QUARKUS_POCKETFLOW_REMOTE__MY_AGENT_",
            "QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", "_PROD_QUARKUS_POCKETFLOW_MAX_STEPS", "PATH",
            "QUARKUS_POCKETFLOW_SERVICE_HOST",
            "QUARKUS_POCKETFLOW_PORT_8080_TCP_ADDR", "POCKETFLOW_SERVICE_HOST", "QUARKUS_POCKETFLOW_AGENT_SERVICE_PORT_HTTP",
            "MY_QUARKUS_POCKETFLOW_HAND_OVR" })
    void variable_isNotWarnedAbout_whenItIsAKeyOrForeign(String name) {
        assertThat(CHECK.variables(List.of(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "QUARKUS_POCKETFLOW_HAND_OVR", "QUARKUS_POCKETFLOW_HANDOVER", "QUARKUS_POCKETFLOW_REMOTE",
            "QUARKUS_POCKETFLOW_ENVELOPE_KEY_K1",
            "_PROD_QUARKUS_POCKETFLOW_MAX_STEP" })
    void variable_isWarnedAbout_whenItIsNotAKey(String name) {
        assertThat(CHECK.variables(List.of(name))).singleElement().asString()
                .contains("the environment variable " + name + " is no key");
    }

    @Test
    void variables_areRefused_whenTheySpellOneKey() {
        assertThatThrownBy(
                () -> CHECK.variables(List.of("QUARKUS_POCKETFLOW_REMOTE_MY_AGENT", "QUARKUS_POCKETFLOW_REMOTE__MY_AGENT_")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("QUARKUS_POCKETFLOW_REMOTE_MY_AGENT and QUARKUS_POCKETFLOW_REMOTE__MY_AGENT_");
    }

    @Test
    void property_isWarnedAbout_whenItIsNotAKey() {
        assertThat(CHECK.properties(List.of("quarkus.pocketflow.hand-over", "%prod.quarkus.pocketflow.max-steps",
                "quarkus.pocketflow.remote.\"a.b\"",
                "java.home"))).isEmpty();
        assertThat(CHECK.properties(List.of("quarkus.pocketflow.hand-ovr", "%dev.quarkus.pocketflow.max_steps"))).hasSize(2)
                .anyMatch(warning -> warning.contains("the system property quarkus.pocketflow.hand-ovr is no key"));
    }

    /** Quarkus warns of unknown keys under its own prefix only. */
    @Test
    void keyUnderTheOldPrefix_isNamedWithItsNewOne() {
        assertThat(CHECK.renamed(
                List.of("pocketflow.max-steps", "%dev.pocketflow.remote.my-agent", "pocketflow.remote.old", "pocketflow.trip"),
                List.of("POCKETFLOW_HAND_OVER", "POCKETFLOW_REMOTE_OLD", "POCKETFLOW_REMOTE_SERVICE_HOST",
                        "POCKETFLOW_PYTHON")))
                .containsExactly(
                        "%dev.pocketflow.remote.my-agent is not read: the key is %dev.quarkus.pocketflow.remote.my-agent",
                        "POCKETFLOW_HAND_OVER is not read: the key is QUARKUS_POCKETFLOW_HAND_OVER",
                        "POCKETFLOW_REMOTE_OLD is not read: the key is QUARKUS_POCKETFLOW_REMOTE_OLD",
                        "pocketflow.max-steps is not read: the key is quarkus.pocketflow.max-steps");
        assertThat(CHECK.renamed(List.of("quarkus.pocketflow.max-steps"), List.of("QUARKUS_POCKETFLOW_HAND_OVER"))).isEmpty();
    }

    @Test
    void remote_isWarnedAbout_whenNoGraphNamesIt() {
        assertThat(entries(CHECK, "quarkus.pocketflow.remote.my.agent", "u", "quarkus.pocketflow.remote.writer", "u"))
                .isEmpty();
        assertThat(entries(CHECK, "quarkus.pocketflow.remote.agnet", "u")).singleElement().asString()
                .contains("quarkus.pocketflow.remote.agnet", "no RemoteFlow", "[my-agent, writer]");
        assertThat(entries(CHECK, "quarkus.pocketflow.remote.writer", "nested")).singleElement().asString()
                .contains("has no flow 'writer'", "[main]");
    }

    @Test
    void remoteWithoutAnAddress_isWarnedAbout_whenItsNameIsNoAddress() {
        assertThat(entries(CHECK, "quarkus.pocketflow.hand-over", "lambda")).isEmpty();
        assertThat(entries(CHECK, "quarkus.pocketflow.hand-over", "http", "quarkus.pocketflow.remote.writer", "http://writer"))
                .singleElement()
                .asString().contains("'my-agent'", "QUARKUS_POCKETFLOW_REMOTE_MY_AGENT");
    }

    @Test
    void unit_isWarnedAbout_whenNothingCountsIt() {
        assertThat(entries(CHECK, "quarkus.pocketflow.budget.usage.input.tokens", "5", "quarkus.pocketflow.budget.usage.COST",
                "5")).isEmpty();
        assertThat(entries(CHECK, "quarkus.pocketflow.budget.usage.input-token", "5")).singleElement().asString()
                .contains("quarkus.pocketflow.budget.usage.input-token limits nothing", "[cost, input-tokens]");
        assertThat(entries(new SettingsCheck(List.of(), List.of(), true), "quarkus.pocketflow.budget.usage.any", "5"))
                .isEmpty();
    }
}
