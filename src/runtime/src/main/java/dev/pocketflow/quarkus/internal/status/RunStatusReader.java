package dev.pocketflow.quarkus.internal.status;

import java.util.Map;
import java.util.Optional;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.envelope.OpenEnvelope;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.RunResultReader;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** Reads from the ledger where a run stands. It follows the run's hops from the recorded state on. Thread-safe. */
public final class RunStatusReader {

    private static final String STATUS = "status";

    private final Ledger ledger;
    private final Seal seal;

    public RunStatusReader(Ledger ledger, Seal seal) {
        this.ledger = ledger;
        this.seal = seal;
    }

    /** {@return whether the status of runs can be told} */
    public boolean canTell() {
        return !ledger.isNone();
    }

    /** {@return the status} See {@link dev.pocketflow.quarkus.Flows#status}. */
    public Optional<RunStatus> read(String run) {
        return status(run).map(RunResultReader::status);
    }

    /**
     * {@return the status as JSON; empty if the ledger knows no such run}
     *
     * @throws BadEvent if there is no ledger
     * @throws LedgerFailed if the ledger does not answer
     */
    public Optional<byte[]> status(String run) {
        if (ledger.isNone()) {
            throw new BadEvent(400,
                    "the status of a run cannot be told here: there is no ledger that knows it. Set quarkus.pocketflow.ledger");
        }
        byte[] recorded = ledger.recordedState(run);
        return follow(run, recorded == null ? RunState.START : RunState.parse(recorded)).map(HopResponse::json);
    }

    private Optional<Map<String, Object>> follow(String run, RunState from) {
        Map<String, Object> answer = from.answer();
        int hop = from.hop();
        while (true) {
            Optional<Claim> found = ledger.found(run, hop);
            if (found.isEmpty()) {
                return Optional.ofNullable(answer).map(last -> unlessCancelled(run, last));
            }
            if (!(found.get() instanceof Claim.Done done)) {
                return Optional.of(unlessCancelled(run, claimed(run, hop, found.get(), answer)));
            }
            answer = RunState.answer(done.outcome());
            int next = next(answer, hop);
            if (next <= hop) {
                return Optional.of(answer);
            }
            hop = next;
        }
    }

    /** {@return the hop at which a run may have continued after an answer; -1 if it has ended} */
    private static int next(Map<String, Object> answer, int hop) {
        return switch ((String) answer.get(STATUS)) {
            case "completed" -> -1;
            case "failed" -> hop + 1; // it may have been resumed from its park
            default -> hop(answer);
        };
    }

    /** @param before the answer of the hop before; null for none */
    private Map<String, Object> claimed(String run, int hop, Claim claim, Map<String, Object> before) {
        if (claim instanceof Claim.Busy busy) {
            Map<String, Object> running = head("running", run, hop);
            running.put("until", busy.until().toString());
            return running;
        }
        byte[] checkpoint = ((Claim.Held) claim).checkpoint();
        if (checkpoint == null && before != null && (before.containsKey("signal") || before.containsKey("until"))) {
            return before; // it returned before its time, and rests again
        }
        HopMessage.Failure failure = checkpoint == null ? null : failure(checkpoint);
        if (failure == null) {
            return head("interrupted", run, hop);
        }
        return HopResponse.failed(run, failure);
    }

    /** {@return the failure of a run that was not parked for good; null if it did not fail, or another key sealed it} */
    private HopMessage.Failure failure(byte[] checkpoint) {
        try {
            return OpenEnvelope.of(seal, checkpoint).failure();
        } catch (EnvelopeRefused unknownKey) {
            return null;
        }
    }

    private Map<String, Object> unlessCancelled(String run, Map<String, Object> status) {
        boolean over = status.get(STATUS).equals("failed");
        return over || !ledger.cancelled(run) ? status : head("cancelling", run, hop(status));
    }

    private static int hop(Map<String, Object> answer) {
        return ((Number) answer.get("hop")).intValue();
    }

    private static Map<String, Object> head(String status, String run, int hop) {
        Map<String, Object> head = HopResponse.head(status, run);
        head.put("hop", hop);
        return head;
    }

    /** {@return the reason why there is no status of a run} */
    static String unknown(String run) {
        return "the ledger knows no run " + LogText.of(run) + ". It forgets a run after quarkus.pocketflow.ledger.keep";
    }
}
