package dev.pocketflow.quarkus.deployment.starts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.test.QuarkusUnitTest;

/** Runs that a scheduler starts. The guide on {@link Flows} shows the job. */
class ScheduledStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Nightly.class, Fired.class, Application.class)
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-scheduler", Version.getVersion())))
            .overrideConfigKey("report.cron", "* * * * * ?");

    static final Key<Instant> UNTIL = Key.of("until", Instant.class);

    @Singleton
    static class Nightly {
        @Inject
        Flows flows;

        @Scheduled(cron = "{report.cron}")
        void report(ScheduledExecution execution) {
            Instant night = execution.getScheduledFireTime();
            RunResult result = flows.start("report", Map.of("until", night.toString()),
                    StartOptions.NONE.withIdempotencyKey("report " + night));
            if (result instanceof RunResult.Failed failed) {
                throw new IllegalStateException(failed.message()); // the scheduler logs it and fires a FailedExecution
            }
        }
    }

    static class Application {
        static final Queue<Instant> RUNS = new ConcurrentLinkedQueue<>();

        @Produces
        Flow report() {
            return Flow.named("report").takes(UNTIL).node("write", Node.route(store -> {
                RUNS.add(store.get(UNTIL));
                return null;
            })).build();
        }
    }

    /** The executions of the scheduler. */
    @Singleton
    static class Fired {
        static final BlockingQueue<ScheduledExecution> EXECUTIONS = new LinkedBlockingQueue<>();

        void ended(@Observes SuccessfulExecution execution) {
            EXECUTIONS.add(execution.getExecution());
        }
    }

    @Inject
    Nightly nightly;

    /** Every instance of the application has the job. With a ledger that they share, one of them runs it. */
    @Test
    void scheduledTime_startsOneRun_inHoweverManyInstances() throws Exception {
        ScheduledExecution first = Fired.EXECUTIONS.take();
        ScheduledExecution second = Fired.EXECUTIONS.take();
        nightly.report(first); // as the job of another instance does
        nightly.report(second);

        assertThat(Application.RUNS).contains(first.getScheduledFireTime(), second.getScheduledFireTime())
                .doesNotHaveDuplicates();
    }
}
