package dev.pocketflow.cloud.invocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A check that an event is one JSON value. It builds no tree, since an event may have 6 MiB. */
public final class EventJson {

    private static final JsonFactory JSON = new JsonFactory();

    private EventJson() {
    }

    /** Describes the first error; null if the text is one JSON value. */
    public static String problem(String text) {
        return problem(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Describes the first error; null if the bytes are one JSON value. */
    public static String problem(byte[] utf8) {
        try (JsonParser parser = JSON.createParser(utf8)) {
            if (parser.nextToken() == null) {
                return "No content";
            }
            parser.skipChildren();
            if (parser.currentToken().isScalarValue()) {
                parser.finishToken();
            }
            return parser.nextToken() == null ? null : "Trailing token (" + parser.currentToken() + ")";
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
