package dev.pocketflow.quarkus.internal.status;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.envelope.OpenEnvelope;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;
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
        return follow(run, recorded == null ? RunState.START : RunState.parse(recorded)).map(RunState::bytes);
    }

    private Optional<ObjectNode> follow(String run, RunState from) {
        ObjectNode answer = from.answer();
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
    private static int next(ObjectNode answer, int hop) {
        return switch (answer.path(STATUS).asText()) {
            case "completed" -> -1;
            case "failed" -> hop + 1; // it may have been resumed from its park
            default -> answer.path("hop").asInt(-1);
        };
    }

    /** @param before the answer of the hop before; null for none */
    private ObjectNode claimed(String run, int hop, Claim claim, ObjectNode before) {
        if (claim instanceof Claim.Busy busy) {
            return head("running", run, hop).put("until", busy.until().toString());
        }
        byte[] checkpoint = ((Claim.Held) claim).checkpoint();
        if (checkpoint == null && before != null && (before.has("signal") || before.has("until"))) {
            return before; // it returned before its time, and rests again
        }
        HopMessage.Failure failure = checkpoint == null ? null : failure(checkpoint);
        if (failure == null) {
            return head("interrupted", run, hop);
        }
        ObjectNode failed = Json.MAPPER.createObjectNode().put(STATUS, "failed").put("run", run);
        failed.putObject("failure").put("flow", failure.flow()).put("node", failure.node()).put("type", failure.type())
                .put("message", failure.message());
        return failed;
    }

    /** {@return the failure of a run that was not parked for good; null if it did not fail, or another key sealed it} */
    private HopMessage.Failure failure(byte[] checkpoint) {
        try {
            return OpenEnvelope.of(seal, checkpoint).failure();
        } catch (EnvelopeRefused unknownKey) {
            return null;
        }
    }

    private ObjectNode unlessCancelled(String run, ObjectNode status) {
        boolean over = status.path(STATUS).asText().equals("failed");
        return over || !ledger.cancelled(run) ? status : head("cancelling", run, status.path("hop").asInt());
    }

    private static ObjectNode head(String status, String run, int hop) {
        return Json.MAPPER.createObjectNode().put(STATUS, status).put("run", run).put("hop", hop);
    }
}
