package dev.pocketflow.cloud.invocation;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** The document that an on-failure destination gets, as in Lambda's developer guide. */
public final class InvocationRecord {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private InvocationRecord() {
    }

    /** @param answered null when the function was never asked */
    public static String of(Instant at, String functionArn, String requestId, String condition, int attempts, String payload,
            InvokeResult answered) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("version", "1.0");
            json.writeStringField("timestamp", TIMESTAMP.format(at));
            json.writeObjectFieldStart("requestContext");
            json.writeStringField("requestId", requestId);
            json.writeStringField("functionArn", functionArn + ":$LATEST");
            json.writeStringField("condition", condition);
            json.writeNumberField("approximateInvokeCount", attempts);
            json.writeEndObject();
            raw(json, "requestPayload", payload);
            if (answered != null) {
                response(json, answered);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void response(JsonGenerator json, InvokeResult answered) throws IOException {
        json.writeObjectFieldStart("responseContext");
        json.writeNumberField("statusCode", 200);
        json.writeStringField("executedVersion", "$LATEST");
        json.writeStringField("functionError", answered.functionError());
        json.writeEndObject();
        raw(json, "responsePayload", answered.payload());
    }

    /** Writes the text as JSON if it is JSON, and as a string otherwise. */
    private static void raw(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        if (EventJson.problem(text) == null) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }
}
