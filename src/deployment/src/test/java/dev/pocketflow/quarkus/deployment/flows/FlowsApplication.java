package dev.pocketflow.quarkus.deployment.flows;

import static io.restassured.RestAssured.get;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** An application that starts runs by itself. */
final class FlowsApplication {

    static final QuarkusUnitTest APP = TestApplication
            .of(FlowsApplication.class, Add.class, Ticket.class, Ended.class, Application.class, Endpoint.class, Input.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "sum").overrideConfigKey("quarkus.pocketflow.hand-over", "caller")
            .overrideConfigKey("quarkus.pocketflow.remote.far", "https://far.example")
            .overrideConfigKey("quarkus.pocketflow.ledger.poll", "0s");

    static final Key<Integer> A = Key.of("a", Integer.class);
    static final Key<Integer> B = Key.of("b", Integer.class).defaultTo(1);
    static final Key<Integer> SUM = Key.of("sum", Integer.class);
    static final Key<Boolean> HOLD = Key.of("hold", Boolean.class).optional();

    record Input(int a, Integer b) {
    }

    @RequestScoped
    static class Ticket {
        static final AtomicInteger OPEN = new AtomicInteger();

        @PostConstruct
        void open() {
            OPEN.incrementAndGet();
        }

        String text() {
            return "open";
        }

        @PreDestroy
        void close() {
            OPEN.decrementAndGet();
        }
    }

    static class Add implements Node<int[], Integer> {
        static final AtomicInteger RUNS = new AtomicInteger();
        static final BlockingQueue<String> HELD = new LinkedBlockingQueue<>();
        static final BlockingQueue<String> RELEASE = new LinkedBlockingQueue<>();

        @Inject
        Ticket ticket;

        @Override
        public int[] prep(Store shared) {
            return new int[] { shared.get(A), shared.get(B), shared.find(HOLD).isPresent() ? 1 : 0 };
        }

        @Override
        public Integer exec(int[] numbers) throws InterruptedException {
            RUNS.incrementAndGet();
            if (numbers[2] == 1) {
                HELD.add(ticket.text());
                RELEASE.take();
            }
            if (numbers[0] < 0) {
                throw new FlowException(ticket.text() + ": a is negative");
            }
            return numbers[0] + numbers[1];
        }

        @Override
        public String post(Store shared, int[] numbers, Integer sum) {
            shared.put(SUM, sum);
            return null;
        }
    }

    /** The ends of runs that nobody waits for. */
    @Singleton
    static class Ended {
        static final BlockingQueue<RunEvent> RUNS = new LinkedBlockingQueue<>();

        void ended(@Observes RunEvent.Ended run) {
            if (run.flow().equals("slow")) {
                RUNS.add(run);
            }
        }
    }

    static class Application {
        @Produces
        Flow sum(Add add) {
            return Flow.named("sum").takes(A, B, HOLD).gives(SUM).node("add", add).build();
        }

        @Produces
        Flow slow(Add add) {
            return Flow.named("slow").takes(A, HOLD).gives(SUM).node("add", add).then("again").node("again", add).build();
        }

        @Produces
        Flow ask(Add add) {
            return Flow.named("ask").takes(A).gives(SUM).node("wait", Await.signal("b")).on("yes", "add").ends("no")
                    .node("add", add).then("far").node("far", new RemoteFlow("far")).build();
        }

        @Produces
        Flow far(Add add) {
            return Flow.named("far").node("add", add).build();
        }
    }

    @Path("/own")
    public static class Endpoint {
        @Inject
        Flows flows;

        @GET
        @Path("blocking")
        public String blocking(@QueryParam("a") String a) {
            return ((RunResult.Completed) flows.start("sum", Map.of("a", a == null ? 1 : a))).get(SUM).toString();
        }

        @GET
        @Path("reactive")
        public Uni<String> reactive() {
            return flows.reactive().start("sum", new Input(20, 1)).map(result -> ((RunResult.Completed) result).get(SUM) + "");
        }

        @GET
        @Path("detached")
        public String detached() {
            RunResult begun = flows.start("slow", Map.of("a", -1, "hold", true), StartOptions.NONE.withoutWaiting());
            return begun.run();
        }

        @GET
        @Path("eventloop")
        @NonBlocking
        public String onTheEventLoop() {
            try {
                return flows.start("sum", Map.of("a", 1)).toString();
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    }

    private FlowsApplication() {
    }
}
