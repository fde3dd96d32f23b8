package dev.pocketflow.quarkus.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.Await;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.RunFailed;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeSizeReport;

/** Names and texts from outside are written to messages and log lines: on one line, visibly, and limited in length. */
class MessagesTest {

    private static final String EVIL = "x\nrun=FAKE\r\u0085\u2028\u202e\u200b\u0000" + "y".repeat(100_000);
    private static final int MOST = 4_200;

    private static Store crowded() {
        Map<String, Object> names = new LinkedHashMap<>();
        IntStream.range(0, 200_000).forEach(i -> names.put("name " + i + "\n", i));
        return Store.of(names);
    }

    private static void failing(Node<Object, Object> node) {
        Run.of(Flow.named("f").node("n", node).ends("done").build(), crowded()).start().orThrow();
    }

    private static Node<Object, Object> answering(String action) {
        return new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                return action;
            }
        };
    }

    private static Run waiting() {
        Flow flow = Flow.named("f").node("ask", Await.signal(Key.of("go", Integer.class))).ends("yes").build();
        return Run.resume(flow, ((Outcome.Suspended) Run.of(flow, Store.create()).start()).envelope());
    }

    private static Envelope drifted() {
        Position.Frame frame = new Position.Frame("f", EVIL, null, null, false, null, null, Map.of(), null, 0, 0);
        return new Envelope("01K0000000000000000000RVN1", "f", 1, 1, Map.of(), new Position(List.of(frame)), Store.create(),
                List.of());
    }

    private static Arguments of(String what, ThrowingCallable call) {
        return Arguments.of(what, call);
    }

    private static Arguments of(Throwable made) {
        return of(made.getClass().getSimpleName() + " of any text", () -> {
            throw made;
        });
    }

    static Stream<Arguments> messages() {
        return Stream.of(of("a missing key, beside 200,000 others", () -> crowded().get(EVIL)),
                of("a missing key in a step", () -> failing(new Node<>() {
                    @Override
                    public Object prep(Store shared) {
                        return shared.get(EVIL);
                    }
                })), of("a value of another type", () -> Store.create().put(EVIL, "x").get(Key.of(EVIL, Integer.class))),
                of("an undeclared action", () -> failing(answering(EVIL))),
                of("a node's own failure", () -> failing(new Node<>() {
                    @Override
                    public Object exec(Object prepared) {
                        throw new FlowException(EVIL);
                    }
                })), of("another signal", () -> waiting().signal(EVIL, "yes", null)),
                of("an action of no edge", () -> waiting().signal("go", EVIL, null)),
                of("a payload of another type", () -> waiting().signal("go", "yes", EVIL)),
                of("a position that is gone",
                        () -> Run.resume(Flow.named("f").node("n", answering(null)).build(), drifted())),
                of("a content type", () -> EventParser.contentType(EVIL)),
                of("a run that is too large", () -> {
                    throw new HandOverFailed(EnvelopeSizeReport.message(
                            new Envelope("01K0000000000000000000RVN1", EVIL, 1, 1, Map.of(), Position.START,
                                    Store.create().put(EVIL, "x").put(EVIL + 2, "x"), List.of()),
                            1), null);
                }),
                of("an event that is none", () -> EventParser.direct(("{\"" + EVIL.replace("\n", "").replace("\r", "") + "\":")
                        .getBytes(UTF_8))),
                of(new FlowException(EVIL, new IOException())), of(new BadEvent(400, EVIL)),
                of(new EnvelopeRefused(Reason.DRIFTED, EVIL)), of(new RunFailed(EVIL)),
                of(new FlowException.BadValue(EVIL, "", Optional.empty(), null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void message_isOneLine_andBounded(String what, ThrowingCallable call) {
        String message = catchThrowable(call).getMessage();

        assertThat(message.length()).isLessThan(MOST);
        assertThat(message.codePoints()).noneMatch(point -> switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        });
    }
}
