package dev.pocketflow.quarkus.deployment.app;

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
public final class WaitingFlow {

    public static final Class<?>[] CLASSES = { WaitingFlow.class, Traced.class, Shaky.class, Flows.class, Told.class };

    private WaitingFlow() {
    }

    /** True if drafting fails. */
    public static volatile boolean down;

    /** Runs that are held until {@link #RELEASE} has something for each. */
    public static final BlockingQueue<String> HELD = new LinkedBlockingQueue<>();
    public static final BlockingQueue<String> RELEASE = new LinkedBlockingQueue<>();

    /** Adds its visit's key to the trace, and is held if the store asks for it. */
    public static class Traced implements Node<Boolean, String> {
        @Override
        public Boolean prep(Store shared) {
            return shared.find("hold").isPresent();
        }

        @Override
        public String exec(Boolean hold) throws InterruptedException {
            if (down) {
                throw new IllegalStateException();
            }
            if (hold) {
                HELD.add(Visit.current().run());
                RELEASE.take();
            }
            return Visit.current().key();
        }

        @Override
        public String post(Store shared, Boolean prepared, String result) {
            shared.update("trace", old -> old == null ? result : old + " " + result);
            return null;
        }
    }

    /** Fails as often as the store asks. */
    public static class Shaky implements Node<Integer, String> {
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

    public static class Flows {
        @Produces
        Flow ask(Traced traced, Shaky shaky) {
            return Flow.named("ask").node("draft", traced).then("approval")
                    .node("approval", Await.signal("approved").expires(Duration.ofHours(1))).on("yes", "pause")
                    .on("later", "night").on("no", "draft").on("expired", "send")
                    .node("pause", Wait.of(Duration.ofSeconds(1))).then("send")
                    .node("night", Wait.of(Duration.ofHours(8))).then("send")
                    .node("send", shaky).retryLater(Duration.ofMillis(20), 2).build();
        }
    }

    /** The suspensions that a person would be told of. */
    @Singleton
    public static class Told {
        public static final BlockingQueue<RunSuspended> RUNS = new LinkedBlockingQueue<>();

        void told(@Observes RunSuspended run) {
            if (run.store().find("deaf").isPresent()) {
                throw new IllegalStateException("the mail is down");
            }
            RUNS.add(run);
        }
    }
}
