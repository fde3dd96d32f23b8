package dev.pocketflow.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import dev.pocketflow.RunEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Generated inputs against the contract of a function. Every function of this folder compiles and runs this class: see
 * {@code functions/pom.xml}. The judge is the schema that the function answers, in the reading of a library that others use.
 * <p>
 * All inputs have one idempotency key, which the ledger knows from a first run, of the input that the README shows. An accepted
 * input is therefore answered 422,
 * because it is another input. It costs no run, and a step that starts is an error.
 */
@QuarkusTest
class FunctionInputsTest {

    /** Refused by the ledger, after the contract accepted the input. */
    private static final int ACCEPTED = 422;
    /** A fault of a text that the class of the value refuses, such as an e-mail address. No schema describes that. */
    private static final String NO_VALUE_OF_ITS_TYPE = "is a text, but no ";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private final HttpClient client = HttpClient.newHttpClient();

    /** Counts the steps that start, in all runs of the application. */
    @Singleton
    static class Steps {
        private final AtomicInteger started = new AtomicInteger();

        void count(@Observes RunEvent.StepStarted step) {
            started.incrementAndGet();
        }
    }

    @TestHTTPResource
    URI function;

    @Inject
    Steps steps;

    private JsonSchema schema;
    private SchemaInputs inputs;
    private int firstStatus;
    private int before;

    @BeforeEach
    void startARun() throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(function.resolve("/flow")).header("Accept", "application/schema+json").build();
        JsonNode published = json.readTree(client.send(ask, BodyHandlers.ofString()).body());
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(published,
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
        inputs = new SchemaInputs(published, 15);
        firstStatus = post(FunctionReadmeTest.inputs().get(0)).statusCode();
        assertThat(firstStatus).isIn(200, 202);
        before = steps.started.get();
        assertThat(before).isPositive();
    }

    @Test
    void input_isAccepted_exactlyIfTheSchemaSaysSo_andElseEveryFaultIsNamed() throws Exception {
        compare(200);
    }

    @Test
    @Tag("full")
    void eachOfManyInputs_isAccepted_exactlyIfTheSchemaSaysSo() throws Exception {
        compare(2_000);
    }

    private void compare(int count) throws Exception {
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            String input = json.writeValueAsString(i % 2 == 0 ? inputs.valid() : inputs.changed());
            Set<String> expected = schema.validate(input, InputFormat.JSON).stream().map(FunctionInputsTest::key)
                    .collect(Collectors.toCollection(TreeSet::new));
            HttpResponse<String> answer = post(input);
            Set<String> faults = faults(answer, "");
            expected.addAll(faults(answer, NO_VALUE_OF_ITS_TYPE));
            assertThat(faults).as("%s%n%s", input, answer.body()).isEqualTo(expected);
            assertThat(answer.statusCode()).as("%s%n%s", input, answer.body())
                    .isIn(faults.isEmpty() ? List.of(ACCEPTED, firstStatus) : List.of(400));
            accepted += faults.isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isBetween(count / 5, count * 4 / 5);
        assertThat(steps.started).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "\"a\"", "1", "true", "null", "{", "{\"a\":", "{}x", "{\"a\":1,}", "{'a':1}", "\u0000" })
    void body_isRefused_unlessItIsAnObject(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
        assertThat(steps.started).hasValue(before);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(function).header("Content-Type", "application/json")
                .header("Idempotency-Key", "generated").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    /** {@return the keys of the input that have a fault} @param detail a part of it */
    private Set<String> faults(HttpResponse<String> answer, String detail) throws IOException {
        Set<String> keys = new TreeSet<>();
        for (JsonNode fault : json.readTree(answer.body()).path("errors")) {
            assertThat(fault.path("detail").asText()).isNotBlank();
            if (fault.path("detail").asText().contains(detail)) {
                keys.add(URLDecoder.decode(fault.path("pointer").asText().split("/", -1)[1], StandardCharsets.UTF_8)
                        .replace("~1", "/").replace("~0", "~"));
            }
        }
        return keys;
    }

    /** {@return the key that a message is about} A missing or unknown key is named beside the place of its object. */
    private static String key(ValidationMessage message) {
        return message.getInstanceLocation().getNameCount() > 0 ? message.getInstanceLocation().getName(0).toString()
                : message.getProperty();
    }
}
