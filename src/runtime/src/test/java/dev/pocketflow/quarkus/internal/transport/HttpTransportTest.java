package dev.pocketflow.quarkus.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.internal.cloudevent.CloudEventAttributes;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Request;

class HttpTransportTest {

    private static final String RUN = "01K0000000000000000000RUN1";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final AtomicReference<Function<Request, Reply>> answer = new AtomicReference<>(request -> Reply.of(202, ""));
    private RecordingServer receiver;

    @BeforeEach
    void start() {
        receiver = new RecordingServer(request -> answer.get().apply(request));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void envelopeIsACloudEventInBinaryMode() {
        way(receiver.url() + "/sink?broker=1").send(message("writer", null, TRACE, "{\"hop\":3}"));

        Request event = receiver.only();
        assertThat(event.method()).isEqualTo("POST");
        assertThat(event.target()).isEqualTo("/sink?broker=1");
        assertThat(event.header("ce-specversion")).isEqualTo("1.0");
        assertThat(event.header("ce-id")).isEqualTo(RUN + "/3");
        assertThat(event.header("ce-type")).isEqualTo("dev.pocketflow.envelope");
        assertThat(event.header("ce-source")).isEqualTo("/pocketflow/writer");
        assertThat(event.header("ce-subject")).isEqualTo("writer");
        assertThat(event.header("Content-Type")).isEqualTo("application/vnd.pocketflow.envelope+json");
        assertThat(event.header("Content-Length")).isEqualTo("9");
        assertThat(event.header("traceparent")).isEqualTo(TRACE);
        assertThat(event.text()).isEqualTo("{\"hop\":3}");
    }

    @Test
    void headersAreOneLineOfAscii_withAnyNameOfTheFlow() {
        way(receiver.url()).send(message("Grüße, \"Welt\"/100 %\r\nx: y", null, null, "{}"));

        String encoded = "Gr%C3%BC%C3%9Fe,%20%22Welt%22/100%20%25%0D%0Ax:%20y";
        assertThat(receiver.only().header("ce-subject")).isEqualTo(encoded);
        assertThat(URI.create(CloudEventAttributes.decoded("source", receiver.only().header("ce-source"))).getPath())
                .isEqualTo("/pocketflow/Grüße, \"Welt\"/100 %\r\nx: y");
        assertThat(receiver.only().headers()).doesNotContainKeys("x", "traceparent");
    }

    @Test
    void envelopeIsSentToTheSink_withoutAConfiguredUrl() {
        way(null, Duration.ofSeconds(5), Map.of("K_SINK", receiver.url() + "/broker"))
                .send(message("writer", null, null, "{}"));

        assertThat(receiver.only().target()).isEqualTo("/broker");
    }

    @Test
    void envelopeIsSentToTheConfiguredUrl_ratherThanTheSink() {
        way(receiver.url() + "/own", Duration.ofSeconds(5), Map.of("K_SINK", receiver.url() + "/broker"))
                .send(message("writer", null, null, "{}"));

        assertThat(receiver.only().target()).isEqualTo("/own");
    }

    @Test
    void envelopeIsSentToTheUrlOfTheMessage() {
        way(receiver.url() + "/own").send(message("agent", receiver.url() + "/agent", null, "{}"));

        assertThat(receiver.only().target()).isEqualTo("/agent");
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 201, 202, 204, 299 })
    void envelopeIsAccepted_withAnyStatusOfSuccess(int status) {
        answer.set(request -> Reply.of(status, status == 204 ? "" : "thanks"));

        way(receiver.url()).send(message("writer", null, null, "{}"));

        receiver.only();
    }

    @Test
    void envelopeOfTheLimitIsSent_andOneByteMoreIsNot() {
        HttpTransport way = way(receiver.url());
        way.send(message("writer", null, null, "x".repeat(1_048_576)));
        assertThat(receiver.only().body()).hasSize(1_048_576);
        assertThat(way.limit()).isEqualTo(1_048_576);

        assertThatThrownBy(() -> way.send(message("writer", null, null, "x".repeat(1_048_577))))
                .isInstanceOf(HandOverFailed.class).hasMessageContaining("its envelope has 1048577 bytes, and at most 1048576");
        receiver.only();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            301 | Redirects are not followed
            400 | Check its log
            401 | It requires credentials that this transport does not send
            404 | the URL accepts events
            413 | Configure a claim check
            429 | when its load is lower
            """)
    void envelopeIsNotAccepted_withAnyOtherStatus(int status, String wayOut) {
        answer.set(request -> new Reply(status, Map.of("Location", receiver.url() + "/elsewhere"), "private".getBytes(UTF_8)));

        assertThatThrownBy(() -> way(receiver.url() + "/in?key=private").send(message("writer", null, null, "{}")))
                .isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith(
                        "run " + RUN + ", hop 3, was not accepted by " + receiver.url() + "/in: it answered HTTP " + status)
                .hasMessageContaining(wayOut).hasMessageNotContaining("private");
        receiver.only();
    }

    @Test
    void deliveryIsUnknown_afterAnErrorOfTheReceiver() {
        answer.set(request -> Reply.of(502, ""));

        assertThatThrownBy(() -> way(receiver.url()).send(message("writer", null, null, "{}")))
                .isInstanceOf(HandOverFailed.class)
                .hasMessage("the delivery of run " + RUN + ", hop 3, to " + receiver.url()
                        + " is unknown: it answered HTTP 502. Check whether that hop already ran before you resume the run");
    }

    @Test
    void deliveryIsUnknownAndNothingIsSentAgain_whenTheConnectionEnds() {
        answer.set(request -> null);

        assertThatThrownBy(() -> way(receiver.url()).send(message("writer", null, null, "{}")))
                .isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("the delivery of run").hasMessageContaining("after the connection was made");
        receiver.only();
    }

    @Test
    void deliveryIsUnknown_whenTheAnswerTakesTooLong() {
        CountDownLatch end = new CountDownLatch(1);
        answer.set(request -> {
            await(end);
            return null;
        });
        try {
            assertThatThrownBy(
                    () -> way(receiver.url(), Duration.ofMillis(100), Map.of()).send(message("writer", null, null, "{}")))
                    .isInstanceOf(HandOverFailed.class).hasMessageStartingWith("the delivery of run")
                    .hasMessageContaining("it did not answer within 100 ms (quarkus.pocketflow.http.timeout)");
        } finally {
            end.countDown();
        }
    }

    @Test
    void earlyAnswerIsRead_whenTheReceiverStopsReading() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread early = new Thread(() -> tooLarge(server));
            early.start();
            assertThatThrownBy(() -> way("http://localhost:" + server.getLocalPort())
                    .send(message("writer", null, null, "x".repeat(1_048_576)))).isInstanceOf(HandOverFailed.class)
                    .hasMessageContaining("was not accepted by").hasMessageContaining("HTTP 413. Configure a claim check");
            early.join();
        }
    }

    /** Answers after the headers, and drops the rest, as proxies do. */
    private static void tooLarge(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(1_000);
            socket.getOutputStream()
                    .write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deliveryIsUnknown_whenTheAnswerIsNotHttp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread other = new Thread(() -> noHttp(server));
            other.start();
            assertThatThrownBy(() -> way("http://localhost:" + server.getLocalPort()).send(message("writer", null, null, "{}")))
                    .isInstanceOf(HandOverFailed.class).hasMessageStartingWith("the delivery of run");
            other.join();
        }
    }

    private static void noHttp(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(50);
            socket.getOutputStream().write("220 mail.example ESMTP ready\r\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingWasSent_whenNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> way("http://user:private@localhost:" + port + "/in").send(message("writer", null, null, "{}")))
                .isInstanceOf(HandOverFailed.class)
                .hasMessage("run " + RUN + ", hop 3, was not accepted by http://localhost:" + port
                        + "/in: ConnectException, so nothing was sent. Check that it runs and can be reached from here");
    }

    @Test
    void failureNamesTheSetting_withoutAUrl() {
        assertThatThrownBy(() -> way(null).send(message("writer", null, null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessageEndingWith("this function has no URL. Set quarkus.pocketflow.http.url, or K_SINK as Knative does");
    }

    @ParameterizedTest
    @ValueSource(strings = { "agent", "file:///tmp/x", "ftp://host/x", "http:///x", "not a url" })
    void addressIsRefused_whenItIsNotAUrlOfHttp(String address) {
        assertThatThrownBy(() -> way(receiver.url()).send(message("agent", address, null, "{}")))
                .isInstanceOf(HandOverFailed.class)
                .hasMessageContaining(
                        "the flow 'agent': its address is not a URL of http or https. Correct it in quarkus.pocketflow.remote");
        assertThat(receiver.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "file:///tmp/x", "/sink", "http:///sink" })
    void configuredUrlIsRefusedAtTheStart_unlessItIsHttp(String url) {
        assertThatThrownBy(() -> way(url)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("quarkus.pocketflow.http.url must be a URL of http or https, was ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "file:///tmp/x", "/sink", "not a url" })
    void sinkOfTheEnvironmentIsRefusedAtTheStart_unlessItIsHttp(String url) {
        assertThatThrownBy(() -> way(null, Duration.ofSeconds(1), Map.of("K_SINK", url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("K_SINK must be a URL of http or https, was ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT0S", "PT-1S", "P30D", "PT0.0001S" })
    void timeoutIsRefusedAtTheStart_beyondItsBounds(String timeout) {
        assertThatThrownBy(() -> way(null, Duration.parse(timeout), Map.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("quarkus.pocketflow.http.timeout must be at least 1 ms and at most ")
                .hasMessageEndingWith("was " + Duration.parse(timeout));
    }

    private static HttpTransport way(String url) {
        return way(url, Duration.ofSeconds(5), Map.of());
    }

    private static HttpTransport way(String url, Duration timeout, Map<String, String> env) {
        return new HttpTransport(new Config(Optional.ofNullable(url).map(URI::create), timeout), env::get);
    }

    private record Config(Optional<URI> url, Duration timeout) implements HandOverConfig.Http {
    }

    private static EnvelopeTransport.Message message(String flow, String address, String traceparent, String body) {
        return new EnvelopeTransport.Message(flow, address, RUN, 3, traceparent, body.getBytes(UTF_8));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
