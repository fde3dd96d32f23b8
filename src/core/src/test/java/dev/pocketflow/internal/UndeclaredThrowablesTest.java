package dev.pocketflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Step;
import dev.pocketflow.Store;

/** A proxy's wrapper tells nothing: what it wraps is the failure, in every kind of node and phase. */
class UndeclaredThrowablesTest {

    /** Throws the wrapper of a proxy whose method declares no exception. */
    static <T> T throwing() {
        throw new UndeclaredThrowableException(new IOException("disk full"));
    }

    static Stream<Step> nodes() {
        return Stream.of(new Node<Void, Void>() {
            @Override
            public Void exec(Void prepared) {
                return throwing();
            }
        }, new Node<Void, Void>() {
            @Override
            public Void prep(Store shared) {
                return throwing();
            }
        }, new BatchNode<Integer, Void>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2);
            }

            @Override
            public Void exec(Integer item) {
                return throwing();
            }
        }, new ParallelBatchNode<Integer, Void>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2);
            }

            @Override
            public Void exec(Integer item) {
                return throwing();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void failure_isWhatTheProxyWrapped(Step node) {
        Flow flow = Flow.named("flow").node("node", node).build();

        Outcome.Failed outcome = (Outcome.Failed) flow.run(Store.of(Map.of()));
        assertThat(outcome.failure()).hasMessageContaining("java.io.IOException").hasMessageNotContaining("Undeclared");
        assertThat(outcome.failure()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void wrapperWithoutACause_staysAsItIs() {
        RuntimeException empty = new UndeclaredThrowableException(null);

        assertThat(UndeclaredThrowables.unwrapped(empty)).isSameAs(empty);
        assertThat(UndeclaredThrowables.unwrapped(new IllegalStateException(empty))).isInstanceOf(IllegalStateException.class);
    }
}
