package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.EventMapper;
import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** The input in events of other services, on Lambda. */
class LambdaInputsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LambdaHandler
            .addTo(TestApplication.of(LambdaHandler.class, SayNode.class, Application.class, Objects.class, Inputs.class));

    static class Application {
        @Produces
        Flow open(SayNode say) {
            return Flow.named("open").node("say", say).build();
        }
    }

    record Upload(String bucket, String key) {
    }

    /** Maps a notification of S3. */
    @Singleton
    static class Objects implements EventMapper {
        @Override
        public Optional<?> map(Map<String, Object> event) {
            return Optional.ofNullable(event.get("uploaded")).map(key -> new Upload("letters", (String) key));
        }
    }

    @Test
    void notificationOfSns_isItsMessage() throws Exception {
        String event = Inputs.sns("{\"a\":1}");

        JsonNode answer = Inputs.handle(event);
        assertThat(answer.path("store").toString()).isEqualTo("{\"a\":1,\"said\":true}");
        assertThat(Inputs.handle(event).path("run")).as("delivered again").isEqualTo(answer.path("run"));
    }

    @Test
    void eventOfEventBridge_isItsDetail() throws Exception {
        JsonNode answer = Inputs.handle(Inputs.EVENT_BRIDGE);

        assertThat(answer.path("store").toString()).isEqualTo("{\"b\":{\"c\":1.50},\"said\":true}".replace("1.50", "1.5"));
        assertThat(Inputs.handle(Inputs.EVENT_BRIDGE).path("run")).as("delivered again").isEqualTo(answer.path("run"));
    }

    @Test
    void eventThatLacksAMember_isItself() throws Exception {
        assertThat(Inputs.handle(Inputs.EVENT_BRIDGE.replace("\"region\"", "\"regio\"")).at("/store/source").asText())
                .isEqualTo("shop");
        assertThat(Inputs.handle(Inputs.sns("{}").replace("aws:sns", "aws:sms")).at("/store/Records").isArray()).isTrue();
    }

    @Test
    void mapper_mapsItsOwnShape_andNoOther() throws Exception {
        assertThat(Inputs.handle("{\"uploaded\":\"tea.txt\"}").path("store").toString())
                .isEqualTo("{\"bucket\":\"letters\",\"key\":\"tea.txt\",\"said\":true}");
        assertThat(Inputs.handle("{\"other\":1}").path("store").toString()).isEqualTo("{\"other\":1,\"said\":true}");
        assertThatThrownBy(() -> Inputs.handle("{\"pocketflow\":1,\"uploaded\":\"x\"}")).as("an envelope")
                .hasMessageContaining("UNSEALED");
    }
}
