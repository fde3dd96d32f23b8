package dev.pocketflow.quarkus.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Envelope;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;
import dev.pocketflow.quarkus.internal.json.IncomingValues;
import dev.pocketflow.quarkus.internal.json.JsonNumberForms;
import dev.pocketflow.quarkus.internal.lambda.SqsBatchEvent;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.Signal;

/** Numbers do not change between the sender and the answer, through nodes and hops, by each entry point. */
class NumbersOnTheirWayTest {

    private static final UnaryOperator<String> JSON = Map.of("Content-Type", "application/json")::get;
    private static final String NUMBERS = """
            {"amount":99999999999999.99,"big":1234567890123456789012345678901234567890,"long":1234567890123456789,
             "tree":{"n":12345678901234567.89,"list":[0.1,0.10000000000000001,1e-7,5e300]},"half":0.5,"zero":-0.0,"whole":7.0,
             "tiny":1e-400,"round":1e100,"rounder":%s,"inside":{"n":[120e99]},"exact":0.1000000000000000055511151231257827021181583404541015625}"""
            .formatted(
                    "1" + "0".repeat(120));

    record Inside(List<BigInteger> n) {
    }

    private static final EnvelopeCodec ENVELOPES = new EnvelopeCodec(ConfigValues.signed(Map.of("k1", ConfigValues.K1)),
            new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1))), ClaimCheck.NONE, 1000, InstantSource.system());

    private static Store hop(Store store) {
        Envelope envelope = new Envelope("01M81HZEMJ4DMNC96AZJ2RJ20K", "flow", 1, 1, Map.of(), Position.START, store,
                List.of());
        return ENVELOPES.unpack(ENVELOPES.pack(new HopMessage(envelope, null, false), Integer.MAX_VALUE)).envelope().store();
    }

    private static EntryEvent structured(String data) {
        return EventParser.http(
                ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"," + data + "}").getBytes(UTF_8),
                Map.of("Content-Type", "application/cloudevents+json")::get, null);
    }

    private static String quoted(String text) throws Exception {
        return Json.MAPPER.writeValueAsString(text);
    }

    /** The store, or the payload of a signal, by each entry point. */
    static List<Arguments> ways() throws Exception {
        String record = "{\"Records\":[{\"messageId\":\"m\",\"body\":" + quoted(NUMBERS) + ",\"eventSource\":\"aws:sqs\"}]}";
        String invocation = "{\"version\":\"1.0\",\"timestamp\":\"2026-11-14T18:16:05.568Z\",\"requestContext\":{\"requestId\":\"r\","
                + "\"functionArn\":\"arn:aws:lambda:us-east-2:123456789012:function:f:$LATEST\",\"condition\":\"RetriesExhausted\","
                + "\"approximateInvokeCount\":3},\"requestPayload\":" + NUMBERS + "}";
        Signal signal = EntryEvents
                .signal(EventParser.direct(("{\"pocketflow\":{\"token\":\"t\",\"signal\":\"s\",\"payload\":" + NUMBERS + "}}")
                        .getBytes(UTF_8)));
        return List.of(
                Arguments.of("HTTP", EntryEvents.starts(EventParser.http(NUMBERS.getBytes(UTF_8), JSON, null)).store().asMap()),
                Arguments.of("binary CloudEvent",
                        EntryEvents.starts(EventParser.http(NUMBERS.getBytes(UTF_8),
                                Map.of("Content-Type", "application/json", "ce-specversion", "1.0", "ce-id", "1",
                                        "ce-source", "/s", "ce-type", "t")::get,
                                null)).store().asMap()),
                Arguments.of("structured CloudEvent", EntryEvents.starts(structured("\"data\":" + NUMBERS)).store().asMap()),
                Arguments.of("data_base64", EntryEvents.starts(structured("\"data_base64\":\""
                        + Base64.getEncoder().encodeToString(NUMBERS.getBytes(UTF_8)) + "\"")).store().asMap()),
                Arguments.of("Lambda", EntryEvents.starts(EventParser.direct(NUMBERS.getBytes(UTF_8))).store().asMap()),
                Arguments.of("SQS",
                        EntryEvents.starts(EventParser.direct(SqsBatchEvent.messages(record.getBytes(UTF_8)).get(0).body()))
                                .store().asMap()),
                Arguments.of("dead letter", EntryEvents.starts(EventParser.direct(invocation.getBytes(UTF_8))).store().asMap()),
                Arguments.of("signal", signal.payload()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void numberKeepsItsDigits_throughEachEntryPointAndHop(String way, Map<String, Object> values) throws Exception {
        assertThat(values).isEqualTo(OutcomeWriter.read(NUMBERS.getBytes(UTF_8)));
        Store store = Store.of(values);
        for (int hop = 0; hop < 3; hop++) {
            assertThat(store.get(Key.of("amount", BigDecimal.class))).isEqualTo(new BigDecimal("99999999999999.99"));
            assertThat(store.get(Key.of("big", BigInteger.class)))
                    .isEqualTo(new BigInteger("1234567890123456789012345678901234567890"));
            assertThat(store.get(Key.of("long", Long.class))).isEqualTo(1234567890123456789L);
            assertThat(store.get(Key.of("half", Double.class))).isEqualTo(0.5);
            assertThat(store.get("zero")).isEqualTo(-0.0);
            assertThat(store.get("whole")).isEqualTo(7);
            assertThat(store.get(Key.of("round", BigInteger.class))).isEqualTo(BigInteger.TEN.pow(100));
            assertThat(store.get(Key.of("rounder", BigInteger.class))).isEqualTo(BigInteger.TEN.pow(120));
            assertThat(store.get(Key.of("inside", Inside.class)).n())
                    .containsExactly(BigInteger.TEN.pow(100).multiply(BigInteger.valueOf(12)));
            JsonNode tree = store.get(Key.of("tree", JsonNode.class));
            assertThat(tree.at("/n").decimalValue()).isEqualTo(new BigDecimal("12345678901234567.89"));
            byte[] answer = answer(store);
            assertThat(((Map<?, ?>) OutcomeWriter.read(answer)).get("store")).as("hop " + hop).isEqualTo(values);
            store = hop(store);
        }
    }

    private static byte[] answer(Store store) {
        return OutcomeWriter.object(json -> OutcomeWriter.store(json, store.toJson()));
    }

    @Test
    void generatedNumbers_areAnsweredUnchanged() throws Exception {
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            Map<String, Object> sent = new LinkedHashMap<>();
            StringBuilder json = new StringBuilder("{");
            for (int k = 0; k < 30; k++) {
                String number = JsonNumberForms.any(random);
                json.append(k == 0 ? "" : ",").append("\"n").append(k).append("\":").append(number);
                sent.put("n" + k, new BigDecimal(number).stripTrailingZeros());
            }
            Store store = hop(hop(EntryEvents.starts(EventParser.direct(json.append('}').toString().getBytes(UTF_8))).store()));
            JsonNode answered = Json.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(answer(store)).get("store");
            sent.forEach((name, number) -> assertThat(answered.get(name).decimalValue())
                    .isEqualByComparingTo((BigDecimal) number));
        }
    }

    static List<String> outside() {
        return List.of("{\"bad\":\"\\ud83d\"}", "{\"bad\":[{\"x\":\"a\\ude00b\"}]}", "{\"bad\":1e999999}",
                "{\"bad\":\"x\\uD83D\\u0020\"}");
    }

    @ParameterizedTest
    @MethodSource("outside")
    void valueThatNoEnvelopeCarries_isRefusedAtTheEntry_andNamed(String json) {
        assertThatThrownBy(() -> EventParser.http(json.getBytes(UTF_8), JSON, null)).isInstanceOf(BadEvent.class)
                .hasMessageContaining(json.contains("1e") ? "exponent" : "'bad' has half of a surrogate pair");
        assertThatThrownBy(() -> structured("\"data\":" + json)).isInstanceOf(BadEvent.class);
        assertThatThrownBy(
                () -> EventParser.direct(("{\"pocketflow\":{\"token\":\"t\",\"signal\":\"s\",\"payload\":" + json + "}}")
                        .getBytes(UTF_8)))
                .isInstanceOf(BadEvent.class);
    }

    /** Jackson detects it in a name. */
    @Test
    void halfOfAPairInAName_isRefused() {
        assertThatThrownBy(() -> EventParser.direct("{\"bad\":{\"\\ud83d\":1}}".getBytes(UTF_8))).isInstanceOf(BadEvent.class);
    }

    /** Bytes with half a pair, in otherwise valid UTF-8, and whole pairs, escaped or not. */
    @Test
    void halfOfAnUnescapedPair_isRefused_andAWholePairAccepted() {
        byte[] half = "{\"bad\":\"xxx\"}".getBytes(UTF_8);
        half[8] = (byte) 0xED;
        half[9] = (byte) 0xA0;
        half[10] = (byte) 0xBD;
        assertThatThrownBy(() -> EventParser.direct(half)).isInstanceOf(BadEvent.class);
        assertThat(EntryEvents.starts(EventParser.direct("{\"a\":\"\\ud83d\\ude00😀한\"}".getBytes(UTF_8))).store().get("a"))
                .isEqualTo("😀😀한");
    }

    /** A strict decoder accepts the same bytes, at each place of an event. */
    @Test
    void bytesAreAccepted_ifTheyAreUtf8() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[1 + random.nextInt(4)];
            for (int k = 0; k < text.length; k++) {
                text[k] = (byte) LEADS[random.nextInt(LEADS.length)];
            }
            String before = " ".repeat(random.nextInt(9));
            String around = random.nextBoolean() ? "{\"a\":[\"é|\"]}" : "{\"a\":{\"é|\":1}}";
            byte[] event = around(before + around, text);
            boolean taken = true;
            try {
                EventParser.direct(event);
            } catch (BadEvent refused) {
                taken = false;
            }
            assertThat(taken).as(HexFormat.of().formatHex(text)).isEqualTo(isUtf8(text));
        }
    }

    private static final int[] LEADS = { 'x', 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
            0xEF,
            0xF0, 0xF1, 0xF4, 0xF5, 0xF7, 0xF8, 0xFE, 0xFF };

    private static byte[] around(String json, byte[] text) {
        byte[] before = json.substring(0, json.indexOf('|')).getBytes(UTF_8);
        byte[] after = json.substring(json.indexOf('|') + 1).getBytes(UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + text.length + after.length);
        System.arraycopy(text, 0, all, before.length, text.length);
        System.arraycopy(after, 0, all, before.length + text.length, after.length);
        return all;
    }

    private static boolean isUtf8(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void depthIsLimitedAtTheEntry_toThatOfAnEnvelope() {
        String deepest = "[".repeat(198) + "]".repeat(198);
        Store fits = EntryEvents.starts(EventParser.direct(("{\"a\":" + deepest + "}").getBytes(UTF_8))).store();
        IncomingValues.check(fits.asMap(), 200);
        assertThat(hop(hop(fits)).asMap()).isEqualTo(fits.asMap());

        Store tooDeep = EntryEvents.starts(EventParser.direct(("{\"a\":[" + deepest + "]}").getBytes(UTF_8))).store();
        assertThatThrownBy(() -> IncomingValues.check(tooDeep.asMap(), 200)).isInstanceOf(BadEvent.class)
                .hasMessageContaining("'a' is nested more than 198 deep")
                .hasMessageContaining("quarkus.pocketflow.envelope.max-depth");
    }
}
