package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A function that takes bodies only. */
class BodyOnlyTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LambdaHandler
            .addTo(TestApplication.of(LambdaHandler.class, SayNode.class, LambdaInputsTest.Application.class, Inputs.class,
                    Door.class, Door.Request.class, Door.Answer.class))
            .overrideConfigKey("quarkus.pocketflow.lambda.input", "body");

    @Test
    void directEvent_isRefused() {
        assertThatThrownBy(() -> Inputs.handle("{\"a\":1}")).isInstanceOf(BadEvent.class)
                .hasMessage("the event is none of HTTP, "
                        + "SQS, SNS and EventBridge, and quarkus.pocketflow.lambda.input is body. Send one of them, or set it to auto");
    }

    @Test
    void bodies_areTaken() throws Exception {
        assertThat(Inputs.handle(Inputs.sns("{\"a\":1}")).path("status").asText()).isEqualTo("completed");
        assertThat(Inputs.handle(Inputs.EVENT_BRIDGE).path("status").asText()).isEqualTo("completed");
        assertThat(Door.V2.ask(null, new Door.Request("POST", "/", "{}", "Content-Type", "application/json")).status())
                .isEqualTo(200);
        assertThatThrownBy(() -> Inputs.handle("{\"pocketflow\":1}")).as("an envelope").hasMessageContaining("UNSEALED");
    }
}
