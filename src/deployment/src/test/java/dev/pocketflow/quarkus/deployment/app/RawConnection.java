package dev.pocketflow.quarkus.deployment.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** A connection on which a test sends any bytes and reads as much as it wants. */
public record RawConnection(Socket socket) implements AutoCloseable {

    public static RawConnection open(URL url) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024); // before it is connected: unread data stay with the server
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        return new RawConnection(socket);
    }

    /** Requests an answer in a media type, and sends as much of a body as given. */
    public RawConnection post(String accept, long length, String body) throws IOException {
        socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nAccept: " + accept
                + "\r\nContent-Length: " + length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public RawConnection post(String accept, String body) throws IOException {
        return post(accept, body.length(), body);
    }

    public RawConnection write(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public BufferedReader reader() throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** {@return the status and headers of the answer} */
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        BufferedReader reader = reader();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    /** Disconnects at once and leaves the answer unread. */
    public void hangUp() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
