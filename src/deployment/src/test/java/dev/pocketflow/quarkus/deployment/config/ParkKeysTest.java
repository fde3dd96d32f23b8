package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.ParkConfig.Place;
import dev.pocketflow.quarkus.PocketFlowConfig;
import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A key that is a value and has keys below it. */
class ParkKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES).overrideConfigKey("pocketflow.park", "directory")
            .overrideConfigKey("pocketflow.park.directory", "target/parked")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkus.config"))
            .assertLogRecords(records -> assertThat(records).isEmpty());

    @Inject
    PocketFlowConfig config;

    @Test
    void keys_areKnown() {
        assertThat(config.park().place()).isEqualTo(Place.DIRECTORY);
        assertThat(config.park().directory()).contains(Path.of("target/parked"));
    }
}
