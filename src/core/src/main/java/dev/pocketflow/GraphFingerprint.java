package dev.pocketflow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;

/** The identity of a graph: half of a SHA-256 over its names and kinds, as Base64url. */
final class GraphFingerprint {

    private final StringBuilder graph = new StringBuilder();

    private GraphFingerprint() {
    }

    static String of(Flow flow) {
        GraphFingerprint fingerprint = new GraphFingerprint();
        fingerprint.flow(flow);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(fingerprint.graph.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds the nodes in the order of their names: the order of declaration has no meaning, except which is first. */
    private void flow(Flow flow) {
        add(flow.name());
        add(!flow.isBatch() ? "flow" : flow.concurrency == 1 ? "forEach" : "parallel");
        flow.branches().stream().map(Flow::fingerprint).sorted().forEach(this::add);
        flow.nodes().keySet().stream().findFirst().ifPresent(this::add);
        for (GraphNode node : new TreeMap<>(flow.nodes()).values()) {
            add(node.name());
            add(kind(node));
            node.ends().stream().sorted().forEach(this::add);
            add("->");
            new TreeMap<>(node.edges).forEach((action, target) -> {
                add(action);
                add(target.name());
            });
            add(".");
        }
    }

    private static String kind(GraphNode node) {
        Step step = node.step();
        if (step instanceof Flow nested) {
            return nested.fingerprint();
        } else if (step instanceof RemoteFlow remote) {
            return "remote " + remote.flow();
        } else if (step instanceof Await await) {
            return "await " + await.signal();
        } else if (step instanceof Wait wait) {
            return wait.until() == null ? "wait" : "wait until " + wait.until().name();
        } else if (step instanceof BatchNode) {
            return "batch";
        }
        return step instanceof AsyncNode ? "async" : "node";
    }

    /** Adds a word with its length, so that two names are not confused with one. */
    private void add(String word) {
        graph.append(word.length()).append(' ').append(word);
    }
}
