import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.net.httpserver.HttpServer;

/**
 * Serves the files under a folder on a loopback port of its own choice, which it prints; for the test of the Maven
 * wrapper. It never answers a request for anything under /silent/. Usage: {@code java FileServer.java FOLDER}
 */
class FileServer {

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
            try (exchange) {
                if (Files.isRegularFile(file)) {
                    exchange.sendResponseHeaders(200, Files.size(file));
                    Files.copy(file, exchange.getResponseBody());
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.createContext("/silent/", exchange -> {
        });
        server.start();
        System.out.println(server.getAddress().getPort());
    }
}
