package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

/** The schema of an envelope from the documentation. */
public final class EnvelopeSchema {

    private static final JsonSchema ENVELOPE = read();

    private EnvelopeSchema() {
    }

    public static void check(byte[] envelope) {
        assertThat(ENVELOPE.validate(new String(envelope, StandardCharsets.UTF_8), InputFormat.JSON)).isEmpty();
    }

    private static JsonSchema read() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("../docs/reference/envelope.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
