package dev.pocketflow.quarkus.internal.json;

import java.io.IOException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;

/** Finds a member of an object with its bytes unchanged: a seal covers more than is read. */
public final class RawMember {

    private RawMember() {
    }

    /**
     * {@return the bytes of a member of an object in UTF-8}
     *
     * @throws BadEvent if the object is not in UTF-8
     */
    public static byte[] of(byte[] object, String name) {
        try (JsonParser json = Json.MAPPER.createParser(object)) {
            json.nextToken();
            int start = 0;
            int end = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals(name);
                json.nextToken();
                start = found ? (int) json.currentTokenLocation().getByteOffset() : start;
                json.skipChildren();
                json.finishToken(); // a parser skips the content of a text otherwise
                end = found ? (int) json.currentLocation().getByteOffset() : end;
            }
            if (start < 0) {
                throw new BadEvent(400, "the event is not in UTF-8. Send JSON in UTF-8");
            }
            return Arrays.copyOfRange(object, start, end);
        } catch (IOException e) {
            throw new IllegalStateException("JSON that was read cannot be read again", e);
        }
    }
}
