package dev.pocketflow.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;

/** What all peers need. */
final class Peers {

    private static final Properties VERSIONS = versions();

    private Peers() {
    }

    /** {@return the artifact with the version that the pom gives it, such as {@code langgraph4j 1.8.17}} */
    static String named(String artifact) {
        return artifact + " " + VERSIONS.getProperty(artifact);
    }

    /** The work of an item: waits on a virtual thread. */
    static int waited(Duration each, int item) {
        try {
            Thread.sleep(each);
            return item + 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for item " + item, e);
        }
    }

    static UnsupportedOperationException nesting(String why) {
        return new UnsupportedOperationException("flows nested in flows: " + why);
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
