package dev.pocketflow.quarkus.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.pocketflow.quarkus.config.ConfigValidator;
import dev.pocketflow.quarkus.config.ParkConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.park.DirectoryFailedRunStore;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.park.LogFailedRunStore;
import dev.pocketflow.quarkus.internal.park.SqsFailedRunStore;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.wiring.ServiceFactory;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class ParkConfigTest {

    @TempDir
    Path directory;

    private static PocketFlowConfig config(String... values) {
        Map<String, String> all = new HashMap<>(Map.of("quarkus.pocketflow.envelope.keys.k1", ConfigValues.K1));
        for (int i = 0; i < values.length; i += 2) {
            all.put("quarkus.pocketflow." + values[i], values[i + 1]);
        }
        return new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).withDefaultValues(all).addDiscoveredConverters()
                .build().getConfigMapping(PocketFlowConfig.class);
    }

    private static FailedRunStore park(PocketFlowConfig config) {
        ConfigValidator.check(config);
        return ServiceFactory.park(config, new Seal(config.envelope()));
    }

    @Test
    void callerIsTheDefault_andNothingIsSent() {
        assertThat(config().park().place()).isEqualTo(ParkConfig.Place.CALLER);
        assertThat(park(config())).isSameAs(FailedRunStore.NONE);
        assertThat(park(config("park", "caller"))).isSameAs(FailedRunStore.NONE);
    }

    @Test
    void placeIsAsConfigured() {
        assertThat(park(config("park", "log"))).isInstanceOf(LogFailedRunStore.class);
        assertThat(park(config("park", "directory", "park.directory", directory.toString())))
                .isInstanceOf(DirectoryFailedRunStore.class);
        assertThat(park(config("park", "sqs", "park.queue-url", "https://queue"))).isInstanceOf(SqsFailedRunStore.class);
    }

    @Test
    void placeIsReadFromTheEnvironment() {
        EnvConfigSource environment = new EnvConfigSource(
                Map.of("QUARKUS_POCKETFLOW_PARK", "sqs", "QUARKUS_POCKETFLOW_PARK_QUEUE_URL",
                        "https://queue", "QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", ConfigValues.K1),
                300);

        assertThat(park(new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).withSources(environment)
                .addDiscoveredConverters().build().getConfigMapping(PocketFlowConfig.class)))
                .isInstanceOf(SqsFailedRunStore.class);
    }

    @Test
    void missingPlaceIsRefused_byItsKey() {
        assertThatThrownBy(() -> park(config("park", "directory"))).isInstanceOf(IllegalArgumentException.class).hasMessage(
                "quarkus.pocketflow.park is directory, and quarkus.pocketflow.park.directory is not set: set it to the place "
                        + "that stores failed runs");
        assertThatThrownBy(() -> park(config("park", "sqs"))).isInstanceOf(IllegalArgumentException.class).hasMessage(
                "quarkus.pocketflow.park is sqs, and quarkus.pocketflow.park.queue-url is not set: set it to the place that "
                        + "stores failed runs");
    }

    @Test
    void placeThatIsNotChosenIsRefused_byTheKeyOfItsValue() {
        assertThatThrownBy(() -> park(config("park.directory", "parked"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "quarkus.pocketflow.park is caller, and quarkus.pocketflow.park.directory is set: remove it, or set "
                                + "quarkus.pocketflow.park=directory");
        assertThatThrownBy(() -> park(config("park", "log", "park.queue-url", "https://queue")))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("quarkus.pocketflow.park is log, and "
                        + "quarkus.pocketflow.park.queue-url is set: remove it, or set quarkus.pocketflow.park=sqs");
    }

    @Test
    void logIsRefused_withoutAKeyToEncryptWith() {
        PocketFlowConfig config = config("park", "log", "envelope.keys.k1", ConfigValues.PAIR);

        assertThatThrownBy(() -> park(config)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quarkus.pocketflow.park is log")
                .hasMessageContaining("set quarkus.pocketflow.envelope.secret-key");
    }
}
