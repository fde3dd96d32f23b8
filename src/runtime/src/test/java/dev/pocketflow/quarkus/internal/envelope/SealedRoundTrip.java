package dev.pocketflow.quarkus.internal.envelope;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.pocketflow.Envelope;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.json.Decimals;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** Seals and opens an envelope, as another process would; its secrets are in clear. Core's tests use it too, see the pom. */
public final class SealedRoundTrip implements UnaryOperator<Envelope> {

    private static final Seal SEAL = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));

    static Store of(Store store) {
        return new SealedRoundTrip().apply(new Envelope("run", "flow", 1, 1, Map.of(), Position.START, store, List.of()))
                .store();
    }

    @Override
    public Envelope apply(Envelope envelope) {
        byte[] sealed = SEAL.close(EnvelopeWriter.bytes(envelope));
        JsonObjectReader members = JsonObjectReader.of(UntypedJson.read(SEAL.open(sealed)), "the envelope");
        Decimals.restore(members);
        Store store = Store.of(members.object("store").values());
        ModelAccess.get().putSecrets(store, members.object("secrets").values());
        return EnvelopeReader.envelope(members, members, store);
    }
}
