package dev.pocketflow.quarkus.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.RunFailed;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;

/** Separates batches of SQS from other events, and reports on their messages. No event is dropped. */
class SqsBatchEventTest {

    private static final String RECORD = "{\"messageId\":\"m1\",\"body\":\"{}\",\"eventSource\":\"aws:sqs\"}";

    /** Events as AWS documents them; an S3 event may be sent for a test without records. */
    static Stream<String> others() {
        return Stream.of("{\"Records\":[]}", "{\"Records\":[1]}", "{\"Records\":[\"text\"]}", "{\"Records\":[null]}",
                "{\"Records\":[[]]}", "{\"Records\":{}}", "{\"Records\":null}", "{\"Records\":\"none\"}", "{\"Records\":[{}]}",
                "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\","
                        + "\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"k\"}}}]}",
                "{\"Records\":[{\"kinesis\":{\"data\":\"e30=\"},\"eventSource\":\"aws:kinesis\"}]}",
                "{\"Records\":[{\"eventID\":\"1\",\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{}}]}",
                "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"{}\"}}]}",
                "{\"Records\":[{\"eventSource\":\"aws:ses\"}]}", "{\"Records\":[{\"eventSource\":17,\"body\":\"{}\"}]}",
                "{\"Records\":[{\"eventSource\":null,\"body\":\"{}\"}]}", "{\"Records\":[" + RECORD + ",1]}",
                "{\"Records\":[1," + RECORD + "]}",
                "{\"Records\":[" + RECORD + "," + RECORD.replace("aws:sqs", "aws:s3") + "]}",
                "{\"Records\":[" + RECORD.replace("aws:sqs", "aws:s3") + "," + RECORD + "]}",
                "{\"Records\":[" + RECORD + "],\"question\":\"which?\"}",
                "{\"question\":\"which?\",\"Records\":[" + RECORD + "]}",
                "{\"Records\":[" + RECORD + "," + RECORD + "],\"Records\":[]}");
    }

    @ParameterizedTest
    @MethodSource("others")
    void eventIsAStartEvent_whenItIsNotABatch(String event) {
        assertThat(SqsBatchEvent.messages(event.getBytes(UTF_8))).isNull();
        assertThat(EntryEvents.starts(EventParser.direct(event.getBytes(UTF_8))).store()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "{\"Records\":[", "{\"Records\":[{]}", "[]", "null", "{\"Records\":[{}]",
            "{\"Records\":[{\"eventSource\":\"aws:sqs\"}]} more" })
    void eventThatIsNotJson_isLeftToTheParser(String event) {
        assertThat(SqsBatchEvent.messages(event.getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
            "\"messageId\":\"m\",\"body\":\"{}\" | m | {}", "\"body\":\"{}\" | - | {}",
            "\"messageId\":null,\"body\":\"{}\" | - | {}",
            "\"messageId\":17,\"body\":\"{}\" | - | {}", "\"messageId\":\" \",\"body\":\"{}\" | - | {}",
            "\"messageId\":{},\"body\":\"{}\" | - | {}", "\"messageId\":\"m\" | m | -",
            "\"messageId\":\"m\",\"body\":null | m | -",
            "\"messageId\":\"m\",\"body\":{} | m | -", "\"messageId\":\"m\",\"body\":\"{}\",\"attributes\":null | m | {}",
            "\"messageId\":\"m\",\"body\":\"{}\",\"attributes\":[] | m | {}" })
    void messageIsRun_withMissingMembers(String members, String id, String body) {
        List<SqsBatchEvent.Message> messages = SqsBatchEvent
                .messages(("{\"Records\":[{\"eventSource\":\"aws:sqs\"," + members + "}]}").getBytes(UTF_8));

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(id);
            assertThat(message.body()).isEqualTo(body == null ? null : body.getBytes(UTF_8));
            assertThat(message.inOrder()).isFalse();
        });
    }

    private static SqsBatchEvent.Message message(String id, String body, boolean inOrder) {
        return new SqsBatchEvent.Message(id, body == null ? null : body.getBytes(UTF_8), inOrder);
    }

    private static void take(SqsBatchEvent.Message message) {
        EventParser.direct(message.body());
    }

    @Test
    void messageWithoutABody_isReported() {
        assertThat(SqsBatchEvent.work(List.of(message("a", "{}", false), message("b", null, false), message("c", "{}", false)),
                SqsBatchEventTest::take)).asString(UTF_8).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}");
    }

    @Test
    void messageWithoutAnId_failsTheBatch_whenItCannotBeReported() {
        List<String> done = new ArrayList<>();

        assertThat(SqsBatchEvent.work(List.of(message(null, "{}", false)), SqsBatchEventTest::take)).asString(UTF_8)
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThatThrownBy(() -> SqsBatchEvent.work(List.of(message(null, null, false), message("b", "{}", false)), message -> {
            take(message);
            done.add(message.id());
        })).isInstanceOf(RunFailed.class).hasMessageContaining("has no messageId");
        assertThat(done).containsExactly("b");
    }

    @Test
    void messagesAfterAFailure_waitInAFifoQueue_alsoWhenTheFirstHasNoId() {
        List<String> asked = new ArrayList<>();

        assertThatThrownBy(() -> SqsBatchEvent.work(List.of(message(null, "{}", true), message("b", "{}", true)), message -> {
            asked.add(message.id());
            throw new BadEvent(400, "no");
        })).isInstanceOf(RunFailed.class);
        assertThat(asked).containsExactly((String) null);
    }
}
