package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.config.ParkConfig.Place;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.test.QuarkusUnitTest;

/** The start of an application: its services, a warning for an unknown key, and a warning for a key of the old prefix. */
class StartTest {

    private static final String SERVICES = "services.txt";
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");
    private static final String UNKNOWN = "Unrecognized configuration key";

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, Listing.class, Flows.class)
            .overrideConfigKey("quarkus.pocketflow.park", "directory")
            .overrideConfigKey("quarkus.pocketflow.park.directory", "target/parked")
            .overrideConfigKey("quarkus.pocketflow.max-step", "1")
            .overrideConfigKey("quarkus.pocketflow.remote.my-agent", "nested")
            .overrideConfigKey("quarkus.pocketflow.budget.usage.output-tokens", "1")
            .overrideConfigKey("pocketflow.log.steps", "false")
            .addBuildChainCustomizer(chain -> chain.addBuildStep(new Listing()).consumes(ServiceStartBuildItem.class)
                    .produces(GeneratedResourceBuildItem.class).build())
            .setLogRecordPredicate(record -> isOfConfig(record) || record.getLevel().intValue() >= Level.WARN.intValue())
            .assertLogRecords(StartTest::assertOneWarning);

    /** Passes the names of the services on to the application. */
    static class Listing implements BuildStep {
        @Override
        public void execute(BuildContext context) {
            String names = context.consumeMulti(ServiceStartBuildItem.class).stream().map(ServiceStartBuildItem::getName)
                    .collect(Collectors.joining("\n"));
            context.produce(new GeneratedResourceBuildItem(SERVICES, names.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static class Flows {
        @Produces
        Flow flow(SayNode say) {
            return Flow.named("served").node("say", say).build();
        }
    }

    @Inject
    PocketFlowConfig config;

    private static boolean isOfConfig(LogRecord record) {
        return record.getLoggerName().equals("io.quarkus.config");
    }

    private static void assertOneWarning(List<LogRecord> records) {
        assertThat(records).filteredOn(StartTest::isOfConfig).map(MESSAGE::format).singleElement().asString()
                .contains(UNKNOWN + " \"quarkus.pocketflow.max-step\"");
        assertThat(records).map(MESSAGE::format).filteredOn(message -> message.contains(UNKNOWN)).hasSize(1);
        assertThat(records).map(MESSAGE::format).filteredOn(message -> message.contains("is not read"))
                .containsExactly("pocketflow.log.steps is not read: the key is quarkus.pocketflow.log.steps");
    }

    /** Entry points open after the services: the first request must not meet a function without its configuration. */
    @Test
    void function_isAService_thatStartsBeforeTheEntryPoints() throws IOException {
        try (InputStream names = Thread.currentThread().getContextClassLoader().getResourceAsStream(SERVICES)) {
            assertThat(new String(names.readAllBytes(), StandardCharsets.UTF_8).lines()).contains("pocketflow");
        }
    }

    /** A key that is a value and has keys below it. */
    @Test
    void keyWithKeysBelowIt_isKnown() {
        assertThat(config.park().place()).isEqualTo(Place.DIRECTORY);
        assertThat(config.park().directory()).contains(Path.of("target/parked"));
    }
}
