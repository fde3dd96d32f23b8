package dev.pocketflow.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.bench.Contender;
import dev.pocketflow.bench.Contender.Done;
import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.State;

class PeersTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    void everyPeer_doesTheWork(Peer peer) throws Exception {
        Contender contender = peer.contender();
        done(() -> contender.steps(Shape.of(30)), 1, done -> assertThat(done).isEqualTo(new Done(30, 0)));
        done(() -> contender.durable(Shape.of(30)), 1, done -> {
            assertThat(done.count()).isEqualTo(30);
            assertThat(done.bytes()).as("the whole state, 30 times").isGreaterThan(30 * 2_000);
        });
        done(() -> contender.map(10, Duration.ofMillis(5)), 1, done -> assertThat(done).isEqualTo(new Done(55, 0)));
    }
}
