package dev.pocketflow.testing.script;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** A rule's reply. Texts and JSON may contain placeholders, see {@link Template}. */
public sealed interface Reply {

    record Answer(String text) implements Reply {
    }

    record Json(JsonNode content) implements Reply {
    }

    record Tools(List<Call> calls) implements Reply {
    }

    record Call(String name, JsonNode arguments) {
    }

    record Refusal(String text) implements Reply {
    }

    /** An HTTP error; {@code retryAfter} and {@code message} may be null. */
    record Failure(int status, Duration retryAfter, String message) implements Reply {
    }

    /** The absence of an answer, for the given time or, when null, until the server stops or is reset. */
    record Hang(Duration time) implements Reply {

        public Duration timeOrForever() {
            return time == null ? Duration.ofNanos(Long.MAX_VALUE) : time;
        }
    }

    record Drop() implements Reply {
    }

    /** An answer HTTP 200 with a body that is not JSON. */
    record Garbage(String body) implements Reply {
    }
}
