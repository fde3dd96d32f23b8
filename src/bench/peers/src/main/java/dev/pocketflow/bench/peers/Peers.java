package dev.pocketflow.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;

/** Tools that all peers use. */
final class Peers {

    private static final Properties VERSIONS = versions();

    private Peers() {
    }

    /** {@return the artifact with its version from the pom, such as {@code langgraph4j 1.8.17}} */
    static String named(String artifact) {
        return artifact + " " + VERSIONS.getProperty(artifact);
    }

    /** Does the work of an item: waits on a virtual thread. */
    static int waited(Duration each, int item) {
        try {
            Thread.sleep(each);
            return item + 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for item " + item, e);
        }
    }

    static UnsupportedOperationException nestedSnapshots() {
        return new UnsupportedOperationException("the benchmark nests flows of this library in W1 only.");
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream from = Peers.class.getResourceAsStream("versions.properties")) {
            versions.load(from);
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
