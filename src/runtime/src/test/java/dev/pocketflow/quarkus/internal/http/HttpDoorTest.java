package dev.pocketflow.quarkus.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.internal.fixture.LogCapture;

class HttpDoorTest {

    @Test
    void overloadIsLogged_onceAMinute() {
        try (LogCapture lines = new LogCapture()) {
            HttpDoor door = new HttpDoor(null);

            door.warn(Overloaded.now("quarkus.pocketflow.in-flight.max-memory"));
            door.warn(Overloaded.ever(9_000, 8_000));

            assertThat(lines.of(Level.WARNING)).singleElement().asString()
                    .isEqualTo("A request is refused with 503: the requests in progress use all memory for requests "
                            + "(quarkus.pocketflow.in-flight.max-memory). Send the request again later");
        }
    }
}
