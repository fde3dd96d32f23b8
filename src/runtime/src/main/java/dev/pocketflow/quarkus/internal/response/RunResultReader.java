package dev.pocketflow.quarkus.internal.response;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.internal.json.RawMember;

/** Reads the result or the status of a run from its answer, which may come from this invocation or from the ledger. */
public final class RunResultReader {

    private final byte[] json;
    private final Map<?, ?> answer;

    private RunResultReader(byte[] json) throws IOException {
        this.json = json;
        this.answer = (Map<?, ?>) OutcomeWriter.read(json);
    }

    /** {@return the result that an answer of the engine tells} */
    public static RunResult of(HopResponse response) {
        return (RunResult) status(response.json());
    }

    /** {@return the status that JSON tells} */
    public static RunStatus status(byte[] json) {
        try {
            return new RunResultReader(json).status();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger has an outcome that is not JSON", e);
        }
    }

    private RunStatus status() {
        String run = text("run").orElseThrow();
        return switch (text("status").orElseThrow()) {
            case "completed" -> new RunResult.Completed(run, text("action").orElse("default"), store(), usage());
            case "suspended" -> new RunResult.Suspended(run, text("flow").orElseThrow(), text("signal").orElseThrow(), until(),
                    text("token"), text("cancel"));
            case "handed-over" -> new RunResult.HandedOver(run, text("flow").orElseThrow(),
                    hop(), until(), text("cancel"), envelope());
            case "running" -> new RunStatus.Running(run, hop(), until().orElseThrow());
            case "interrupted" -> new RunStatus.Interrupted(run, hop());
            case "cancelling" -> new RunStatus.Cancelling(run, hop());
            default -> failed(run, (Map<?, ?>) answer.get("failure"));
        };
    }

    private RunResult failed(String run, Map<?, ?> failure) {
        return new RunResult.Failed(run, (String) failure.get("flow"), Optional.ofNullable((String) failure.get("node")),
                (String) failure.get("type"), (String) failure.get("message"), store(), envelope());
    }

    private Optional<String> text(String member) {
        return Optional.ofNullable((String) answer.get(member));
    }

    private int hop() {
        return ((Number) answer.get("hop")).intValue();
    }

    private Optional<Instant> until() {
        return text("until").map(Instant::parse);
    }

    /** A ledger may have dropped the store of a large answer. */
    @SuppressWarnings("unchecked")
    private Store store() {
        return answer.get("store") instanceof Map<?, ?> values ? Store.of((Map<String, ?>) values) : Store.create();
    }

    private Map<String, Double> usage() {
        Map<String, Double> usage = new HashMap<>();
        if (answer.get("usage") instanceof Map<?, ?> units) {
            units.forEach((unit, amount) -> usage.put((String) unit, ((Number) amount).doubleValue()));
        }
        return usage;
    }

    /** {@return the bytes of the envelope as they were sealed} */
    private Optional<byte[]> envelope() {
        return answer.containsKey("envelope") ? Optional.of(RawMember.of(json, "envelope")) : Optional.empty();
    }
}
