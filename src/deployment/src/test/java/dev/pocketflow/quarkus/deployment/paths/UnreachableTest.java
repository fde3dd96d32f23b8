package dev.pocketflow.quarkus.deployment.paths;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application whose flows nothing can start. */
class UnreachableTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, NoHttpTest.Application.class)
            .overrideConfigKey("quarkus.pocketflow.http.enabled", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("dev.pocketflow.config"))
            .assertLogRecords(records -> assertThat(records).map(new PatternFormatter("%p %s")::format)
                    .containsExactly("WARN nothing can start a run: no event reaches this application, and no bean injects "
                            + "dev.pocketflow.quarkus.Flows. Add quarkus-rest (HTTP) or quarkus-amazon-lambda, set "
                            + "quarkus.pocketflow.http.enabled=true, or inject Flows"));

    @Test
    void start_warns() {
        // the log is asserted when the application has stopped
    }
}
