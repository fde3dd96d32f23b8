package dev.pocketflow.quarkus.deployment.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Node;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

class StreamTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = StreamApplication.APP;

    static class Tokens implements Node<Void, Void> {
        @Override
        public Void exec(Void prepared) {
            Visit visit = Visit.current();
            visit.emit("Hello,");
            visit.emit(" wörld\n\nevent:fake");
            visit.emit(List.of(1, 2));
            return null;
        }
    }

    /** All items emit at once. */
    static class Crowd implements ParallelBatchNode<Integer, Void> {
        static final int ITEMS = 8;
        static final CyclicBarrier MEET = new CyclicBarrier(ITEMS);

        @Override
        public List<Integer> prep(Store shared) {
            return IntStream.range(0, ITEMS).boxed().toList();
        }

        @Override
        public Void exec(Integer item) throws Exception {
            MEET.await(2, TimeUnit.MINUTES);
            for (int i = 0; i < 50; i++) {
                Visit.current().emit(i);
            }
            return null;
        }

        @Override
        public int concurrency() {
            return ITEMS;
        }
    }

    static class Hang implements Node<Void, Void> {
        static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

        @Override
        public Void exec(Void prepared) throws InterruptedException {
            Visit.current().emit("hanging");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                INTERRUPTED.countDown();
                throw e;
            }
            return null;
        }
    }

    /** Emits more than connections hold. */
    static class Flood implements Node<Void, Void> {
        static final int VALUES = 20_000;
        static final CountDownLatch OVER = new CountDownLatch(1);

        @Override
        public Void exec(Void prepared) {
            String text = "x".repeat(1_000);
            for (int i = 0; i < VALUES; i++) {
                Visit.current().emit(text);
            }
            OVER.countDown();
            return null;
        }
    }

    @TestHTTPResource("/")
    URL url;

    @Test
    void events_arriveInOrder_withTheirData() {
        List<ServerSentEvent> events = ServerSentEvent.post("{\"what\":\"tokens\"}");
        assertThat(events).hasToString("[started choose, finished choose, started tokens, emitted tokens, emitted tokens, "
                + "emitted tokens, finished tokens, outcome]");
        assertThat(events.get(0).data()).containsOnlyKeys("run", "sequence", "flow", "node");
        assertThat(events.get(1).data()).containsOnlyKeys("run", "sequence", "flow", "node",
                "action", "ms", "attempts").containsEntry("action", "tokens").containsEntry("sequence", 1);
        assertThat(events.get(3).data()).containsOnlyKeys("run", "sequence", "flow", "node", "value")
                .containsEntry("value", "Hello,");
        assertThat(events.get(4).data().get("value")).isEqualTo(" wörld\n\nevent:fake");
        assertThat(events.get(5).data().get("value")).isEqualTo(List.of(1, 2));
        assertThat(events.get(7).data().get("status")).isEqualTo("completed");
        assertThat(events).extracting(event -> event.data().get("run")).containsOnly(events.get(7).data().get("run"));
    }

    @Test
    void nodes_areWatched_onlyInAStreamedRun() {
        List<ServerSentEvent> events = ServerSentEvent.post("{\"what\":\"watched\"}");
        assertThat(events.get(events.size() - 1).data().get("store")).isEqualTo(Map.of("what", "watched", "watched", true));
        given().contentType("application/json").body("{\"what\":\"watched\"}").post("/").then().statusCode(200)
                .body("store.watched", equalTo(false));
    }

    @Test
    void nodes_areNotWatched_byAnAsynchronousObserver() {
        given().contentType("application/json").body("{\"what\":\"watched\"}").post("/").then().statusCode(200)
                .body("store.watched", equalTo(false));
    }

    @Test
    void events_stayWhole_withParallelSteps() {
        List<ServerSentEvent> events = ServerSentEvent.post("{\"what\":\"crowd\"}");
        for (int item = 0; item < Crowd.ITEMS; item++) {
            int own = item;
            assertThat(events)
                    .filteredOn(
                            event -> event.name().equals("emitted") && Integer.valueOf(own).equals(event.data().get("item")))
                    .extracting(event -> event.data().get("value"))
                    .isEqualTo(IntStream.range(0, 50).boxed().toList());
        }
        assertThat(events.get(events.size() - 1).name()).isEqualTo("outcome");
    }

    @Test
    void run_isStopped_whenTheClientDisconnects() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            BufferedReader reader = post("hang", socket);
            assertThat(reader.lines().anyMatch(line -> line.contains("hanging"))).isTrue();
        }
        assertThat(Hang.INTERRUPTED.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(ServerSentEvent.post("{\"what\":\"tokens\"}")).isNotEmpty();
    }

    /**
     * Emitted values are for readers of the stream: values beyond the limit are skipped and counted, until there is room again.
     */
    @Test
    void emittedValues_areSkipped_whenTheClientDoesNotReadThem() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            BufferedReader reader = post("flood", socket);
            assertThat(Flood.OVER.await(2, TimeUnit.MINUTES)).isTrue();

            List<Map<String, Object>> events = new ArrayList<>();
            do {
                String line = reader.readLine();
                if (line.startsWith("data:")) {
                    events.add(ServerSentEvent.read(line.substring(5)));
                }
            } while (events.isEmpty() || events.get(events.size() - 1).get("status") == null);

            long sent = events.stream().filter(event -> event.containsKey("value")).count();
            int skipped = events.stream().mapToInt(event -> (int) event.getOrDefault("skipped", 0)).sum();
            assertThat(sent + skipped).isEqualTo(Flood.VALUES);
            assertThat(sent).isBetween(1_000L, Flood.VALUES / 2L);
            assertThat(events.get(events.size() - 2)).containsEntry("action", "default");
            assertThat(events.get(events.size() - 1)).containsEntry("status", "completed");
        }
    }

    private static BufferedReader post(String what, Socket socket) throws IOException {
        byte[] body = ("{\"what\":\"" + what + "\"}").getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                + "Accept: text/event-stream\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
