package dev.pocketflow.quarkus.internal;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.pocketflow.Envelope;
import dev.pocketflow.Store;

/**
 * An envelope as another process would have it, sealed and opened; its secrets are in clear. Core's tests are run by it as
 * well, see the pom.
 */
public final class JsonTrip implements UnaryOperator<Envelope> {

    private static final Seal SEAL = new Seal(Settings.signed(Map.of("k1", Settings.K1)));

    static Store of(Store store) {
        return new JsonTrip().apply(new Envelope("run", "flow", 1, 1, Map.of(), List.of(), store, List.of())).store();
    }

    @Override
    public Envelope apply(Envelope envelope) {
        byte[] sealed = SEAL.close(EnvelopeJson.bytes(envelope));
        Members members = Members.of(Untyped.read(SEAL.open(sealed)), "the envelope");
        Decimals.restore(members);
        return EnvelopeReader.envelope(members, members,
                Store.of(members.object("store").values()).putSecrets(members.object("secrets").values()));
    }
}
