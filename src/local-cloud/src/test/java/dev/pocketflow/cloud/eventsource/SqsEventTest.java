package dev.pocketflow.cloud.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.EventJson;
import dev.pocketflow.cloud.invocation.InvokeResult;

class SqsEventTest {

    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();

    @Test
    void messageBecomesARecord_asLambdaHasIt() {
        messages.add(HttpCalls
                .json("""
                        {"MessageId":"1","ReceiptHandle":"r","Body":"{}","MD5OfBody":"m","Attributes":{"SentTimestamp":"5"},
                        "MessageAttributes":{"s":{"DataType":"String","StringValue":"v"},"b":{"DataType":"Binary","BinaryValue":"AA=="}}}
                        """));

        assertThat(HttpCalls.json(new String(events().get(0).json()))).isEqualTo(HttpCalls.json("""
                {"Records":[{"messageId":"1","receiptHandle":"r","body":"{}","attributes":{"SentTimestamp":"5"},
                "messageAttributes":{"s":{"stringValue":"v","stringListValues":[],"binaryListValues":[],"dataType":"String"},
                "b":{"binaryValue":"AA==","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}},
                "md5OfBody":"m","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:q",
                "awsRegion":"us-east-1"}]}"""));
    }

    @Test
    void messagesBecomeSeveralEvents_whenTheyAreTooLargeForOne() {
        for (int i = 0; i < 10; i++) {
            message(Integer.toString(i), "x".repeat(1 << 20), null);
        }

        List<SqsEvent> events = events();

        assertThat(events).extracting(event -> event.messages().size()).containsExactly(5, 5);
        assertThat(events).allMatch(event -> event.json().length <= 6 << 20 && EventJson.problem(event.json()) == null);
    }

    @Test
    void longestChainGoesOn() {
        message("1", "", null);
        message("2", "", "Root=1-a-b;Lineage=1:aaaaaaaa:3");
        message("3", "", "Root=1-c-d;Lineage=1:aaaaaaaa:7");
        message("4", "", "Root=1-e-f");

        assertThat(events().get(0).traceHeader()).isEqualTo("Root=1-c-d;Lineage=1:aaaaaaaa:7");
    }

    @Test
    void noChainGoesOn_withoutAHeader() {
        message("1", "", null);

        assertThat(events().get(0).traceHeader()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = { "null; 1 2 3", "{}; 1 2 3", "''; 1 2 3", "{\"batchItemFailures\":[]}; 1 2 3",
            "{\"batchItemFailures\":null}; 1 2 3", "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}; 1 3",
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"4\"}]}; ''",
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}; ''",
            "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}; ''", "{\"batchItemFailures\":[{\"id\":\"2\"}]}; ''",
            "{oops; ''" })
    void messagesAreDone_thatTheAnswerDoesNotNameAsFailed(String answer, String done) {
        message("1", "", null);
        message("2", "", null);
        message("3", "", null);

        assertThat(ids(events().get(0).done(result(answer, null), true))).isEqualTo(done);
    }

    @Test
    void allOrNothingIsDone_whenFailuresAreNotReported() {
        message("1", "", null);
        message("2", "", null);
        SqsEvent event = events().get(0);

        assertThat(ids(event.done(result("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}", null), false)))
                .isEqualTo("1 2");
        assertThat(event.done(result("{}", "Unhandled"), false)).isEmpty();
        assertThat(event.done(result("{}", "Unhandled"), true)).isEmpty();
    }

    private List<SqsEvent> events() {
        return SqsEvent.of("q", messages);
    }

    private void message(String id, String body, String trace) {
        ObjectNode attributes = messages.addObject().put("MessageId", id).put("Body", body).putObject("Attributes");
        if (trace != null) {
            attributes.put("AWSTraceHeader", trace);
        }
    }

    private static InvokeResult result(String payload, String error) {
        return new InvokeResult("id", payload, error, "", Duration.ZERO, Duration.ZERO);
    }

    private static String ids(List<JsonNode> messages) {
        return String.join(" ", messages.stream().map(message -> message.path("MessageId").asText()).toList());
    }
}
