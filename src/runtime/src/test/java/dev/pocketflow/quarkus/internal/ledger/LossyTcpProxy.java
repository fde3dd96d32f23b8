package dev.pocketflow.quarkus.internal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to a server on this machine that can lose answers: the server executes the request. */
final class LossyTcpProxy implements AutoCloseable {

    /** The first byte of the answers to a client's own requests when it connects. */
    private static final Set<Byte> HANDSHAKE = Set.of((byte) '%', (byte) '-');

    private final ServerSocket here;
    private final int there;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean losing = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean holding;

    LossyTcpProxy(int there) {
        this.there = there;
        try {
            here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(() -> {
            while (true) {
                Socket client = here.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), there);
                sockets.add(client);
                sockets.add(server);
                threads.submit(() -> pass(client, server, false));
                threads.submit(() -> pass(server, client, true));
            }
        });
    }

    int port() {
        return here.getLocalPort();
    }

    /** Ends the connection instead of the answer. */
    void loseNextAnswer() {
        losing.set(true);
    }

    int lost() {
        return lost.get();
    }

    void holdAnswers() {
        holding = true;
    }

    private Void pass(Socket from, Socket to, boolean answers) throws IOException {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && !HANDSHAKE.contains(buffer[0])) {
                    if (losing.compareAndSet(true, false)) {
                        lost.incrementAndGet();
                        return null;
                    }
                    if (holding) {
                        continue;
                    }
                }
                out.write(buffer, 0, read);
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            here.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
