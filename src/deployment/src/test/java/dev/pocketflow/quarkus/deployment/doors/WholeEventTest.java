package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A function that takes every event as it is. */
class WholeEventTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LambdaHandler
            .addTo(TestApplication.of(LambdaHandler.class, SayNode.class, LambdaInputsTest.Application.class, Inputs.class,
                    Door.class, Door.Request.class, Door.Answer.class))
            .overrideConfigKey("quarkus.pocketflow.lambda.input", "event");

    @Test
    void event_isTheInput() throws Exception {
        assertThat(Inputs.handle(Inputs.EVENT_BRIDGE).at("/store/source").asText()).isEqualTo("shop");
        assertThat(Inputs.handle(Inputs.sns("{}")).at("/store/Records/0/EventSource").asText()).isEqualTo("aws:sns");
        String http = new String(Door.V2.event(new Door.Request("POST", "/", "{}")), StandardCharsets.UTF_8);
        assertThat(Inputs.handle(http).at("/store/rawPath").asText()).isEqualTo("/");
    }
}
