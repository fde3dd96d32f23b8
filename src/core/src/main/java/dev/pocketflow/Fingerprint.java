package dev.pocketflow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;

/** What tells one graph from another: half of a SHA-256 over its names and kinds, as Base64url. */
final class Fingerprint {

    private final StringBuilder graph = new StringBuilder();

    private Fingerprint() {
    }

    static String of(Flow flow) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.flow(flow);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(fingerprint.graph.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In no order but the names', since that of declaration means nothing, except which is first. */
    private void flow(Flow flow) {
        add(flow.name());
        add(!flow.isBatch() ? "flow" : flow.concurrency == 1 ? "forEach" : "parallel");
        flow.branches().stream().map(Flow::fingerprint).sorted().forEach(this::add);
        flow.vertices().keySet().stream().findFirst().ifPresent(this::add);
        for (Flow.Vertex vertex : new TreeMap<>(flow.vertices()).values()) {
            add(vertex.name());
            add(kind(vertex));
            vertex.ends().stream().sorted().forEach(this::add);
            add("->");
            new TreeMap<>(vertex.edges).forEach((action, target) -> {
                add(action);
                add(target.name());
            });
            add(".");
        }
    }

    private static String kind(Flow.Vertex vertex) {
        if (vertex.flow != null) {
            return vertex.flow.fingerprint();
        } else if (vertex.remote != null) {
            return "remote " + vertex.remote.flow();
        } else if (vertex.rest) {
            return vertex.step() instanceof Await await ? "await " + await.signal() : "wait";
        } else if (vertex.batch != null) {
            return "batch";
        }
        return vertex.async == null ? "node" : "async";
    }

    /** With its length, so that no name can be taken for two. */
    private void add(String word) {
        graph.append(word.length()).append(' ').append(word);
    }
}
