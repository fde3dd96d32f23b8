package dev.pocketflow.deployment;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.RunSuspended;

/** An application whose runs wait: for a signal, for a moment, and for a node that failed. */
final class Ask {

    static final Class<?>[] CLASSES = { Ask.class, Traced.class, Shaky.class, Flows.class, Told.class };

    private Ask() {
    }

    /** Whether drafting fails. */
    static volatile boolean down;

    /** Runs that take their time. */
    static final BlockingQueue<String> SLOW = new LinkedBlockingQueue<>();

    /** Adds its visit's key to the trace, and takes the store's {@code ms}. */
    static class Traced implements Node<Integer, String> {
        @Override
        public Integer prep(Store shared) {
            return (Integer) shared.find("ms").orElse(0);
        }

        @Override
        public String exec(Integer ms) throws InterruptedException {
            if (down) {
                throw new IllegalStateException();
            }
            if (ms > 0) {
                SLOW.add(Visit.current().run());
                Thread.sleep(ms);
            }
            return Visit.current().key();
        }

        @Override
        public String post(Store shared, Integer prepared, String result) {
            shared.update("trace", old -> old == null ? result : old + " " + result);
            return null;
        }
    }

    /** Fails as often as the store says. */
    static class Shaky implements Node<Integer, String> {
        @Override
        public Integer prep(Store shared) {
            int failures = (Integer) shared.find("failures").orElse(0);
            shared.put("failures", failures - 1);
            return failures;
        }

        @Override
        public String exec(Integer failures) {
            if (failures > 0) {
                throw new IllegalStateException();
            }
            return Visit.current().key();
        }

        @Override
        public String post(Store shared, Integer prepared, String result) {
            shared.put("sent", result);
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow ask(Traced traced, Shaky shaky) {
            return Flow.named("ask").node("draft", traced).then("approval")
                    .node("approval", Await.signal("approved").expires(Duration.ofHours(1))).on("yes", "pause")
                    .on("no", "draft").on("expired", "send")
                    .node("pause", Wait.of(Duration.ofMillis(500))).then("send")
                    .node("send", shaky).retryLater(Duration.ofMillis(20), 2).build();
        }
    }

    /** What a person would be told. */
    @Singleton
    static class Told {
        static final BlockingQueue<RunSuspended> RUNS = new LinkedBlockingQueue<>();

        void told(@Observes RunSuspended run) {
            if (run.store().find("deaf").isPresent()) {
                throw new IllegalStateException("the mail is down");
            }
            RUNS.add(run);
        }
    }
}
