package dev.pocketflow.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A function that serves HTTP, as a process. */
record Served(Process process, int port) implements AutoCloseable {

    private static final long NANOS_TO_START = 60_000_000_000L;
    private static final long NANOS_BETWEEN = 1_000_000;

    static Served start(Image image, Map<String, String> environment, String... options) throws IOException {
        int port = freePort();
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        whole.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return new Served(image.start(whole, options), port);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** {@return the whole answer; retries until the process listens} */
    String post(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return answer("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n" + json);
    }

    /** {@return the answer of the readiness check; retries until the process listens} */
    String ready() throws IOException {
        return answer("GET /q/health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = connected()) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connected() throws IOException {
        long end = System.nanoTime() + NANOS_TO_START;
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IllegalStateException("it does not start", e);
                }
                LockSupport.parkNanos(NANOS_BETWEEN);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
