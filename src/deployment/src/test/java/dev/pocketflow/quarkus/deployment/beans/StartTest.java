package dev.pocketflow.quarkus.deployment.beans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Produces;

import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.test.QuarkusUnitTest;

class StartTest {

    private static final String SERVICES = "services.txt";
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, Listing.class, Flows.class)
            .addBuildChainCustomizer(chain -> chain.addBuildStep(new Listing()).consumes(ServiceStartBuildItem.class)
                    .produces(GeneratedResourceBuildItem.class).build())
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARN.intValue())
            .assertLogRecords(records -> assertThat(records).map(MESSAGE::format)
                    .noneMatch(message -> message.contains("Unrecognized configuration key")));

    /** Hands the names of the services on to the application. */
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

    /** Entry points open after the services: the first request must not meet a function without its configuration. */
    @Test
    void function_isAService_thatStartsBeforeTheEntryPoints() throws IOException {
        try (InputStream names = Thread.currentThread().getContextClassLoader().getResourceAsStream(SERVICES)) {
            assertThat(new String(names.readAllBytes(), StandardCharsets.UTF_8).lines()).contains("pocketflow");
        }
    }
}
