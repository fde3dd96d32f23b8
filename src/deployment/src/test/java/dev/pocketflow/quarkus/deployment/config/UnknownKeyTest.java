package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class UnknownKeyTest {

    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.max-step", "1")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkus.config"))
            .assertLogRecords(records -> assertThat(records).map(MESSAGE::format).singleElement().asString()
                    .contains("Unrecognized configuration key \"pocketflow.max-step\""));

    @Test
    void key_isWarnedAbout_thatDoesNotExist() {
    }
}
