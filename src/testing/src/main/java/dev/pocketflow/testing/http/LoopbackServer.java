package dev.pocketflow.testing.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/** An HTTP server on 127.0.0.1 with one handler. Its threads may block as long as the server runs. */
public final class LoopbackServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // Switches off Nagle's algorithm: with it, an answer (JDK 17) or a streamed answer (JDK 25) on a reused connection
        // waits 40 ms for a delayed ACK.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer http;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private LoopbackServer(HttpServer http, String name, HttpHandler handler) {
        this.http = http;
        this.threads = Executors.newCachedThreadPool(DaemonThreads.named(name));
        http.setExecutor(threads);
        http.createContext("/", exchange -> handle(exchange, handler));
    }

    /** Starts on the given port, or on a free one for 0. The threads get the given name. */
    public static LoopbackServer start(int port, String name, HttpHandler handler) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            LoopbackServer server = new LoopbackServer(http, name, handler);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** Host and port, as in {@code 127.0.0.1:8080}. */
    public String authority() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    /** Blocks the calling handler for the given time. Returns false if the server was closed meanwhile. */
    public boolean pause(Duration time) {
        try {
            return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends the whole answer. */
    public static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** The request's body; null if it exceeds the limit. The rest is read and discarded, so that the client gets an answer. */
    public static byte[] body(HttpExchange exchange, int limit) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(limit);
        long more = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return more == 0 ? body : null;
    }

    /** Ends all exchanges and frees the port. */
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
        try (exchange) {
            handler.handle(exchange);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client went away during {0}", exchange.getRequestURI());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Cannot answer " + exchange.getRequestMethod() + " " + exchange.getRequestURI(), e);
        }
    }
}
