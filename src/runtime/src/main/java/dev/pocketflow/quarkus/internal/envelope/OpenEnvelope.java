package dev.pocketflow.quarkus.internal.envelope;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.seal.Seal;

/**
 * An envelope whose seal was verified. It is opened only once.
 *
 * @param sealed the envelope as it was received
 * @param members of the opened envelope
 */
public record OpenEnvelope(byte[] sealed, JsonObjectReader members) {

    /** @throws EnvelopeRefused if the seal does not fit, or the envelope is not JSON */
    public static OpenEnvelope of(Seal seal, byte[] sealed) {
        return of(sealed, UntypedJson.read(seal.open(sealed)));
    }

    /** @param json the opened envelope, parsed */
    public static OpenEnvelope of(byte[] sealed, Object json) {
        return new OpenEnvelope(sealed, JsonObjectReader.of(json, "the envelope"));
    }

    /** {@return the ULID of the run} */
    public String run() {
        return members.text("run");
    }

    public int hop() {
        return (int) members.whole("hop", 0, Integer.MAX_VALUE);
    }

    /** {@return the name of the run's outermost flow} */
    public String flow() {
        return members.text("flow");
    }

    /** {@return the failure of the run; null if it has not failed} */
    public HopMessage.Failure failure() {
        return FailureJson.failure(members);
    }
}
