package dev.pocketflow.quarkus.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;
import dev.pocketflow.quarkus.internal.lambda.SqsBatchEvent;

/** A failed event is the same event in each form of dead letter. */
class DeadLetterParserTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EVENT = "{\"question\":\"Où est Zoë? \\\"Là\\\"\",\"n\":1.50}";

    static Stream<String> forms() {
        return DeadLetterForms.FORMS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void envelopeInALetter_isUnchanged(String form) {
        String envelope = "{ \"store\" : {\"a\\u00e9\":1.0, \"b\":\"\\/\"},\n\t\"pocketflow\":1 }";

        assertThat(EntryEvents.envelope(direct(DeadLetterForms.around(envelope, List.of(form))))).asString(UTF_8)
                .isEqualTo(envelope);
        assertThat(EntryEvents.envelope(direct(compact(DeadLetterForms.around(envelope, List.of(form)))))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void cloudEventInALetter_andLetterInACloudEvent_areParsed(String form) {
        String cloudEvent = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/t\",\"type\":\"t\",\"data\":%s}";

        assertThat(
                EntryEvents.starts(direct(DeadLetterForms.around(cloudEvent.formatted(EVENT), List.of(form)))).store().asMap())
                .isEqualTo(
                        EntryEvents.starts(http(EVENT)).store().asMap());
        assertThat(
                EntryEvents.starts(direct(cloudEvent.formatted(DeadLetterForms.around(EVENT, List.of(form))))).store().asMap())
                .isEqualTo(
                        EntryEvents.starts(http(EVENT)).store().asMap());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void traceOfTheRequest_isTheTraceOfTheRun(String form) {
        assertThat(EntryEvents.starts(EventParser
                .http(DeadLetterForms.around(EVENT, List.of(form)).getBytes(UTF_8),
                        Map.of("Content-Type", "application/json", "traceparent", "00-a-b-01")::get, null))
                .traceparent()).isEqualTo("00-a-b-01");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void nestingIsBounded(String form) {
        List<String> most = Collections.nCopies(5, form);

        assertThat(EntryEvents.starts(http(DeadLetterForms.around(EVENT, most))).store().asMap())
                .isEqualTo(EntryEvents.starts(http(EVENT)).store().asMap());
        assertThatThrownBy(() -> http(DeadLetterForms.around(DeadLetterForms.around(EVENT, most), List.of(form))))
                .isInstanceOf(BadEvent.class)
                .hasMessageStartingWith("the event is in more than 5 dead letters");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void letterWithoutAnEventIsRefused_withoutItsContent(String form) {
        for (String event : List.of("\"S3CRET\"", "[\"S3CRET\"]", "17", "null")) {
            assertThatThrownBy(() -> http(DeadLetterForms.around(event, List.of(form)))).isInstanceOf(BadEvent.class)
                    .hasMessageContaining("the event in the dead letter is not a JSON object")
                    .hasMessageNotContaining("S3CRET");
        }
    }

    /** The ids of {@link DeadLetterForms}: the identity of an event is the same when it is delivered again by itself. */
    @ParameterizedTest
    @CsvSource({ "invocation record, LAMBDA, 0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11",
            "event, LAMBDA, 0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11", "message, LAMBDA, 0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11",
            "received, LAMBDA, 0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11", "record, SQS, 7c1f0a0e-6d49-4c0e-9d3e-2f1a6f1e4b52",
            "delivered, SQS, 7c1f0a0e-6d49-4c0e-9d3e-2f1a6f1e4b52", "notification, SNS, 5b0e8e0c-44a6-5f0c-8d0f-d1a6f5c0b6b7",
            "FIFO notification, SNS, 5b0e8e0c-44a6-5f0c-8d0f-d1a6f5c0b6b7" })
    void letterHasAnIdentity_fromAPlatformOnly(String form, EventIdentity.Kind kind, String id) {
        String letter = DeadLetterForms.around(EVENT, List.of(form));

        assertThat(EntryEvents.starts(direct(letter)).identity()).isEqualTo(new EventIdentity(kind, List.of(id)));
        assertThat(EntryEvents.starts(http(letter)).identity()).isNull();
    }

    /** A caller who posts a letter writes its ids, and may not use them as an identity. Headers are for callers. */
    @ParameterizedTest
    @MethodSource("forms")
    void letterOverHttp_hasTheSendersIdentity(String form) {
        assertThat(EntryEvents.starts(EventParser.http(DeadLetterForms.around(EVENT, List.of(form)).getBytes(UTF_8),
                Map.of("Content-Type", "application/json", "Idempotency-Key", "7")::get, null)).identity())
                .isEqualTo(new EventIdentity(EventIdentity.Kind.IDEMPOTENCY_KEY, List.of("7")));
    }

    /** The sender of the CloudEvent named it, so its identity is the same by each way. */
    @ParameterizedTest
    @MethodSource("forms")
    void cloudEventInALetter_isTheSameEventAsByItself(String form) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/t\",\"type\":\"t\",\"data\":{}}";

        assertThat(EntryEvents.starts(http(DeadLetterForms.around(event, List.of(form)))).identity())
                .isEqualTo(EntryEvents.starts(direct(event)).identity())
                .isEqualTo(EntryEvents.starts(direct(DeadLetterForms.around(event, List.of(form)))).identity())
                .isEqualTo(new EventIdentity(EventIdentity.Kind.CLOUD_EVENT, List.of("/t", "1")));
    }

    @Test
    void identityIsTheInnermost() {
        String record = DeadLetterForms.invocationRecord(EVENT);

        assertThat(EntryEvents.starts(direct(DeadLetterForms.notification(record))).identity().kind())
                .isEqualTo(EventIdentity.Kind.LAMBDA);
        assertThat(EntryEvents.starts(direct(DeadLetterForms.record(DeadLetterForms.notification(EVENT)))).identity().kind())
                .isEqualTo(EventIdentity.Kind.SNS);
    }

    @Test
    void topicOfLambdasDeadLetters_tellsTheRequest() {
        String letter = DeadLetterForms.notification(EVENT).replaceFirst("\\{", """
                {"MessageAttributes": {"RequestID": {"Type": "String", "Value": "0d2ae98a-93a8-4c2b-8b1b-3a5a2d9d0a11"},
                    "ErrorCode": {"Type": "Number", "Value": "200"}},""");

        assertThat(EntryEvents.starts(direct(letter)).identity())
                .isEqualTo(EntryEvents.starts(direct(DeadLetterForms.invocationRecord(EVENT))).identity());
    }

    @Test
    void textIsRefused_whenItIsNotJson() {
        assertThatThrownBy(() -> http(DeadLetterForms.message("{\"S3CRET\": ?}"))).isInstanceOf(BadEvent.class)
                .hasMessage("the event in the dead letter is not valid JSON, at line 1, column 12");
    }

    @Test
    void severalMessagesAreRefused_withTheirNumberAndTheCorrection() {
        String three = String.join(",", DeadLetterForms.message(EVENT), DeadLetterForms.message(EVENT),
                DeadLetterForms.message(EVENT));
        String two = String.join(",", DeadLetterForms.record(EVENT), DeadLetterForms.record(EVENT));

        for (String letter : List.of("{\"Messages\":[" + three + "]}",
                DeadLetterForms.notification("{\"Messages\":[" + three + "]}"))) {
            assertThatThrownBy(() -> http(letter)).isInstanceOf(BadEvent.class)
                    .hasMessageContaining("there are 3 messages").hasMessageContaining("jq '.Messages[0]'");
        }
        assertThatThrownBy(() -> http("{\"Records\":[" + two + "]}")).isInstanceOf(BadEvent.class)
                .hasMessageContaining("there are 2 messages").hasMessageContaining("jq '.Records[0]'");
    }

    /** The local cloud has no responses of a function that was never asked; AWS does not document them. */
    @Test
    void recordWithoutAResponse_isALetter() {
        String unasked = DeadLetterForms.invocationRecord(EVENT).replaceFirst("(?s),\\s*\"responseContext.*", "}");

        assertThat(EntryEvents.starts(http(unasked.replace("RetriesExhausted", "EventAgeExceeded"))).store().asMap())
                .isEqualTo(EntryEvents.starts(http(EVENT)).store().asMap());
    }

    @Test
    void boto3AddsMetadata() {
        assertThat(EntryEvents
                .starts(http("{\"Messages\":[" + DeadLetterForms.message(EVENT)
                        + "],\"ResponseMetadata\":{\"HTTPStatusCode\":200}}"))
                .store()
                .asMap()).isEqualTo(EntryEvents.starts(http(EVENT)).store().asMap());
    }

    static Stream<String> nearMisses() throws Exception {
        return Stream.of(
                // the store has such names itself
                "{\"Body\":\"{}\"}", "{\"Message\":\"{}\"}", "{\"Messages\":[]}", "{\"Messages\":[\"{}\"]}", "{\"Records\":[]}",
                "{\"Messages\":[{\"Body\":\"{}\"}]}", "{\"Messages\":{\"Body\":\"{}\"}}", "{\"requestPayload\":{}}",
                "{\"Type\":\"Notification\",\"Message\":\"{}\"}", "{\"body\":\"{}\",\"eventSource\":\"aws:sqs\"}",
                "{\"question\":\"which?\",\"Messages\":[" + DeadLetterForms.message("{}") + "]}",
                "{\"question\":\"which?\",\"Records\":[" + DeadLetterForms.record("{}") + "]}",
                "{\"Messages\":[" + DeadLetterForms.message("{}") + ",{\"Body\":\"{}\"}]}",
                // of each form, one member is of another type or meaning
                DeadLetterForms.message("{}").replaceFirst("\"MD5OfBody\": \"[^\"]*\"", "\"MD5OfBody\": \"none\""),
                DeadLetterForms.message("{}").replaceFirst("\"Body\": \"\\{}\"", "\"Body\": {}"),
                DeadLetterForms.message("{}").replaceFirst("\"ReceiptHandle\": \"[^\"]*\"", "\"ReceiptHandle\": 17"),
                DeadLetterForms.record("{}").replace("aws:sqs\"", "aws:kinesis\""),
                DeadLetterForms.record("{}").replace("messageId", "id"),
                DeadLetterForms.notification("{}").replace("\"Notification\"", "\"SubscriptionConfirmation\""),
                DeadLetterForms.notification("{}").replace("arn:aws:sns", "topic"),
                DeadLetterForms.notification("{}").replace("Timestamp", "at"),
                DeadLetterForms.invocationRecord("{}").replace("RetriesExhausted", "Success"),
                DeadLetterForms.invocationRecord("{}").replace("\"version\": \"1.0\"", "\"version\": 1"),
                DeadLetterForms.invocationRecord("{}").replace("\"approximateInvokeCount\": 3",
                        "\"approximateInvokeCount\": \"3\""),
                DeadLetterForms.invocationRecord("{}").replace("requestPayload", "payload"),
                DeadLetterForms.failureEvent("{}").replace("RetriesExhausted", "Success"),
                DeadLetterForms.failureEvent("{}").replace("\"source\": \"lambda\"", "\"source\": \"my.app\""),
                DeadLetterForms.failureEvent("{}").replace("\"detail-type\"", "\"kind\""),
                DeadLetterForms.failureEvent("{}").replace("requestPayload", "payload"),
                // other events of AWS
                "{\"Records\":[{\"EventSource\":\"aws:sns\",\"EventVersion\":\"1.0\",\"Sns\":"
                        + DeadLetterForms.notification("{}")
                        + "}]}",
                "{\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":{\"requestId\":\"1\",\"stage\":\"$default\"},"
                        + "\"body\":\"{}\",\"isBase64Encoded\":false}");
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void similarStore_isNotALetter(String event) throws Exception {
        assertThat(EntryEvents.starts(http(event)).store().asMap()).isEqualTo(MAPPER.readValue(event, Map.class));
        assertThat(EntryEvents.starts(direct(event)).store().asMap()).isEqualTo(MAPPER.readValue(event, Map.class));
    }

    @Test
    void envelopeIsNotALetter_withAnyMembers() {
        String envelope = DeadLetterForms.message(EVENT).replaceFirst("\\{", "{\"pocketflow\":1,");

        assertThat(EntryEvents.envelope(http(envelope))).asString(UTF_8).isEqualTo(envelope);
    }

    @Test
    void otherEncodingIsRefused_whenBytesAreCopied() {
        byte[] utf16 = DeadLetterForms.invocationRecord(EVENT).getBytes(StandardCharsets.UTF_16BE);
        byte[] marked = ("\uFEFF" + DeadLetterForms.invocationRecord(EVENT)).getBytes(UTF_8);

        assertThatThrownBy(() -> EventParser.direct(utf16)).isInstanceOf(BadEvent.class).hasMessageContaining("not in UTF-8");
        assertThat(EntryEvents.starts(EventParser.direct(marked)).store().asMap())
                .isEqualTo(EntryEvents.starts(http(EVENT)).store().asMap());
    }

    @Test
    void letterInABatch_isTheEventInside() {
        byte[] batch = ("{\"Records\":[" + DeadLetterForms.record(DeadLetterForms.invocationRecord(EVENT)) + ","
                + DeadLetterForms.record(EVENT) + "]}")
                .getBytes(UTF_8);

        assertThat(SqsBatchEvent.messages(batch)).hasSize(2).allSatisfy(
                message -> assertThat(EntryEvents.starts(EventParser.direct(message.body())).store().asMap())
                        .isEqualTo(EntryEvents.starts(http(EVENT)).store().asMap()));
    }

    private static String compact(String json) {
        try {
            return Json.MAPPER.readTree(json).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EntryEvent http(String body) {
        return EventParser.http(body.getBytes(UTF_8), Map.of("Content-Type", "application/json")::get, null);
    }

    private static EntryEvent direct(String event) {
        return EventParser.direct(event.getBytes(UTF_8));
    }
}
