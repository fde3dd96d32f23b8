package dev.pocketflow.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.bench.Contender;
import dev.pocketflow.bench.Contender.Done;
import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.Contender.Work;
import dev.pocketflow.bench.State;

class PeersTest {

    @ParameterizedTest
    @MethodSource("peers")
    void everyPeer_doesTheWork(Class<? extends Contender> type) throws Exception {
        Contender peer = made(type);
        doesTwice(() -> peer.steps(Shape.of(30)), done -> assertThat(done).isEqualTo(new Done(30, 0)));
        doesTwice(() -> peer.durable(Shape.of(30)), done -> {
            assertThat(done.count()).isEqualTo(30);
            assertThat(done.bytes()).as("at least the texts, 30 times").isGreaterThan(30 * 20 * 100);
        });
        doesTwice(() -> peer.map(10, Duration.ofMillis(5)), done -> assertThat(done).isEqualTo(new Done(55, 0)));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyPeer_endsTheLoop_inAnyNode(Class<? extends Contender> type) throws Exception {
        Contender peer = made(type);
        for (int steps = 1; steps <= 10; steps++) {
            Shape shape = new Shape(steps, 4, 1);
            doesTwice(() -> peer.steps(shape), done -> assertThat(done).isEqualTo(new Done(shape.steps(), 0)));
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyPeer_loopsInNestedFlows_orSaysWhyNot(Class<? extends Contender> type) throws Exception {
        Contender peer = made(type);
        Shape shape = new Shape(30, 3, 10);
        doesTwice(() -> peer.steps(shape), done -> assertThat(done).isEqualTo(new Done(30, 0)));
        doesTwice(() -> peer.durable(shape), done -> assertThat(done.count()).isEqualTo(30));
    }

    /** A thousand items exceed every peer's own limit on parallel work. */
    @ParameterizedTest
    @MethodSource("peers")
    void everyPeer_mapsAThousandItems(Class<? extends Contender> type) throws Exception {
        Contender peer = made(type);
        doesTwice(() -> peer.map(1_000, Duration.ofMillis(1)), done -> assertThat(done).isEqualTo(new Done(500_500, 0)));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyPeer_isNamedWithItsVersion(Class<? extends Contender> type) {
        assertThat(made(type).name()).matches("[a-z0-9-]+ \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void fourPeers_areFound() {
        assertThat(peers()).containsExactly(Langgraph4j.class, Langchain4jAgentic.class, ServerlessWorkflow.class,
                GoogleAdk.class);
    }

    /** {@return the contenders of this module, without those of src/bench} */
    private static Stream<Class<? extends Contender>> peers() {
        return ServiceLoader.load(Contender.class).stream().<Class<? extends Contender>> map(Provider::type)
                .filter(type -> type.getPackage() == PeersTest.class.getPackage());
    }

    private static Contender made(Class<? extends Contender> type) {
        return ServiceLoader.load(Contender.class).stream().filter(provider -> provider.type() == type).findFirst()
                .orElseThrow().get();
    }

    /** A work can run more than once. */
    private static void doesTwice(Supplier<Work> supported, Consumer<Done> check) throws Exception {
        Work work;
        try {
            work = supported.get();
        } catch (UnsupportedOperationException e) {
            assertThat(e).hasMessageMatching("(?s).*\\S.*");
            return;
        }
        check.accept(work.run(State.make()));
        check.accept(work.run(State.make()));
    }
}
