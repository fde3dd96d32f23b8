package dev.pocketflow.quarkus.deployment.load;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.RawConnection;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application with four megabytes for requests. Two of them are for streams. */
final class LoadApplication {

    static final int STREAMS = 2 * 1024 / 48;
    static final String FLOOD = "{\"how\":\"flood\"}";
    static final String WAIT = "{\"how\":\"wait\"}";
    static final String STREAM = "text/event-stream";
    static final String JSON = "application/json";

    static final QuarkusUnitTest APP = TestApplication
            .shared(List.of(BodyLoadTest.class, ConnectionLoadTest.class, StreamLoadTest.class), LoadApplication.class,
                    RawConnection.class)
            .overrideConfigKey("quarkus.pocketflow.in-flight.max-memory", "4M")
            .overrideConfigKey("quarkus.pocketflow.in-flight.upload", "3s")
            .overrideConfigKey("quarkus.pocketflow.in-flight.unread", "3s")
            .overrideConfigKey("quarkus.pocketflow.stream.idle", "3s")
            .overrideConfigKey("quarkus.pocketflow.stream.heartbeat", "500ms")
            .overrideConfigKey("quarkus.pocketflow.log.steps", "false");

    private LoadApplication() {
    }

    static class Work implements Node<String, String> {
        private static final ReentrantLock LOCK = new ReentrantLock();
        private static final Condition OPENED = LOCK.newCondition();
        private static boolean open;
        static final BlockingQueue<String> OVER = new LinkedBlockingQueue<>();

        @Override
        public String prep(Store shared) {
            return (String) shared.find("how").orElse("");
        }

        @Override
        public String exec(String how) throws InterruptedException {
            try {
                if (how.equals("wait")) {
                    await();
                } else if (how.equals("flood")) {
                    while (Visit.current().isWatched() && !Thread.interrupted()) {
                        Visit.current().emit("x".repeat(10_000));
                    }
                    throw new InterruptedException();
                }
                return how.equals("large") ? "y".repeat(20_000_000) : "";
            } catch (InterruptedException e) {
                OVER.add(how);
                throw e;
            }
        }

        private static void await() throws InterruptedException {
            LOCK.lock();
            try {
                while (!open) {
                    OPENED.await();
                }
            } finally {
                LOCK.unlock();
            }
        }

        /** Sets whether runs with {@code "how": "wait"} may end: all of them, also those of a caller that disconnected. */
        static void setOpen(boolean open) {
            LOCK.lock();
            try {
                Work.open = open;
                OPENED.signalAll();
            } finally {
                LOCK.unlock();
            }
        }

        @Override
        public String post(Store shared, String how, String text) {
            shared.put("text", text);
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow flow(Work work) {
            return Flow.named("served").node("work", work).build();
        }
    }

    /**
     * Waits for connections of the test before: an event that needs nearly all memory is answered when none counts any more.
     */
    static void nothingIsUnderWay() {
        Work.setOpen(true); // a request of a test before may begin its run only now
        answers("{\"a\":\"" + "x".repeat(250_000) + "\"}");
        Work.setOpen(false);
        Work.OVER.clear();
    }

    /**
     * Asserts that the instance answers, also after an overload: memory is free again when connections are known to be closed.
     */
    static void answers(String body) {
        given().get("/flow").then().statusCode(200);
        while (given().contentType(JSON).body(body).post("/").statusCode() != 200) {
            Thread.onSpinWait();
        }
    }

    static void until(Supplier<Boolean> what) {
        while (!what.get()) {
            Thread.onSpinWait();
        }
    }
}
