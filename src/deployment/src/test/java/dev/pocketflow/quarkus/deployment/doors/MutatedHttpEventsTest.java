package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import io.quarkus.test.QuarkusUnitTest;

/** Events of Lambda that are no longer what an HTTP sender makes. */
class MutatedHttpEventsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = DoorsApplication.APP;

    private static final int EVENTS = 10_000;

    /** No event is a failure of the function. No event starts a run that its body did not ask for. */
    @ParameterizedTest
    @MethodSource("dev.pocketflow.quarkus.deployment.doors.DoorsApplication#lambda")
    void mutatedEvent_isRefused_orRunsWhatItsBodySays(String name) throws Exception {
        Door door = Door.valueOf(name);
        Random random = new Random(15 + door.ordinal());
        int events = EVENTS / (int) DoorsApplication.lambda().count() + 1;
        int runs = 0;
        for (int i = 0; i < events; i++) {
            Map<String, Object> event = door.members(DoorsApplication.post("/flows/open", "{\"text\":\"a\"}"));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutate(event, random);
            }
            DoorsApplication.Echo.BEGAN.clear();
            JsonNode answer = DoorsApplication.handle(event);
            assertThat(answer.path("statusCode").asInt()).as("%s%n%s", event, answer).isBetween(200, 499);
            if (!DoorsApplication.Echo.BEGAN.isEmpty()) {
                assertThat(DoorsApplication.Echo.BEGAN).as("%s%n%s", event, answer).containsExactly(asked(event));
                runs++;
            }
        }
        assertThat(runs).isBetween(events / 10, events * 9 / 10);
    }

    /** {@return the names in the JSON object that the body of an event is} */
    private static Set<String> asked(Map<String, Object> event) throws IOException {
        byte[] body = ((String) event.get("body")).getBytes(StandardCharsets.UTF_8);
        boolean encoded = Boolean.TRUE.equals(event.get("isBase64Encoded"));
        Set<String> names = new TreeSet<>();
        DoorsApplication.JSON.readTree(encoded ? Base64.getDecoder().decode(body) : body).fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    @SuppressWarnings("unchecked")
    private static void mutate(Map<String, Object> event, Random random) {
        String name = List.copyOf(event.keySet()).get(random.nextInt(event.size()));
        Object value = event.get(name);
        List<Consumer<Object>> ways = List.of(none -> event.remove(name), none -> event.put(name, null),
                none -> event.put(name, 7), none -> event.put(name, "x"), none -> event.put(name, List.of("x")),
                none -> event.put(name, !Boolean.TRUE.equals(value)), none -> event.put(name + "2", value), none -> {
                    if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                        mutate((Map<String, Object>) inner, random);
                    } else if (value instanceof String text && !text.isEmpty()) {
                        event.put(name, text.substring(random.nextInt(text.length())));
                    }
                });
        ways.get(random.nextInt(10) < 4 ? 7 : random.nextInt(ways.size())).accept(null);
        if (event.isEmpty()) {
            event.put("isBase64Encoded", 7);
        }
    }

    @Test
    void eventThatOnlyLooksLikeHttp_isRefused_asHttp() throws Exception {
        Map<String, Object> event = Door.V2.members(DoorsApplication.post("/flows/open", "{\"text\":\"a\"}"));
        event.put("version", "3.0");

        JsonNode answer = DoorsApplication.handle(event);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(answer.path("body").asText()).contains("the event has members of an HTTP event, but not the form of one");
    }

    /** A start event may have some of the names. */
    @Test
    void startEventWithSomeOfTheNames_isAStartEvent() {
        assertThatThrownBy(
                () -> LambdaHandler.handle(60_000, "{\"headers\":{},\"body\":\"b\",\"requestContext\":1}".getBytes()))
                .isInstanceOf(BadEvent.class).hasMessageContaining("headers is unknown: the flow takes [text, fail]");
    }
}
