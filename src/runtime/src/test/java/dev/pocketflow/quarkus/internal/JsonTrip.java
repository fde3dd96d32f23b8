package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.pocketflow.Envelope;
import dev.pocketflow.Store;
import dev.pocketflow.internal.Json;

/** An envelope as another process would have it, unsealed. Core's tests are run by it as well, see the pom. */
public final class JsonTrip implements UnaryOperator<Envelope> {

    static Store of(Store store) {
        return new JsonTrip().apply(new Envelope("run", "flow", 1, 1, Map.of(), List.of(), store, List.of())).store();
    }

    @Override
    public Envelope apply(Envelope envelope) {
        try {
            Members members = Members.of(Json.MAPPER.readValue(EnvelopeJson.bytes(envelope), Object.class), "the envelope");
            Decimals.restore(members);
            return EnvelopeReader.envelope(members, members,
                    Store.of(members.object("store").values()).putSecrets(members.object("secrets").values()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
