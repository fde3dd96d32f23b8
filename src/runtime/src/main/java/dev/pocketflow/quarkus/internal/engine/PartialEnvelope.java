package dev.pocketflow.quarkus.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pocketflow.Envelope;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeWriter;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.json.UntypedJson;

/**
 * The record of a failed run whose envelope cannot be written as a whole. The record lacks the values that are no JSON, and the
 * largest of the others until it fits.
 */
final class PartialEnvelope {

    private static final int UNWRITABLE = -1;
    private static final int NAMED = 5;

    private final EnvelopeCodec envelopes;
    private final HopMessage message;
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final int position; // its size

    private PartialEnvelope(EnvelopeCodec envelopes, HopMessage message) {
        this.envelopes = envelopes;
        this.message = message;
        Envelope run = message.envelope();
        Map<String, Object> secrets = ModelAccess.get().secrets(run.store());
        run.store().toJson().forEach((name, value) -> sizes.put(name, secrets.containsKey(name)
                ? envelopes.seal().encrypts() ? size(secrets.get(name)) : UNWRITABLE
                : size(value)));
        this.position = size(json -> EnvelopeWriter.position(json, run.position()));
    }

    /**
     * The part of a run that was kept.
     *
     * @param envelope sealed; null if nothing could be written
     * @param without names and sizes of what it lacks, for the log
     */
    record Result(byte[] envelope, String without) {
    }

    /**
     * The parts of a run that are left out.
     *
     * @param left the names of the values that are left out
     * @param position whether the progress within the step is left out as well
     */
    private record Omitted(Set<String> left, boolean position) {
    }

    static Result of(EnvelopeCodec envelopes, HopMessage message, int limit) {
        return new PartialEnvelope(envelopes, message).write(Math.min(limit, envelopes.maxBytes()));
    }

    private int size(Object value) {
        return size(json -> EnvelopeWriter.store(json, new Envelope("", "", 0, 0, Map.of(), Position.START,
                Store.create().put("value", value), List.of())));
    }

    /** A value that can be written but not read again would make the whole envelope unreadable. */
    private int size(EnvelopeWriter.Content content) {
        try {
            byte[] json = EnvelopeWriter.object(out -> {
                out.writeFieldName("store");
                content.write(out);
            });
            return json.length > envelopes.maxBytes() ? json.length : readable(json);
        } catch (RuntimeException | StackOverflowError e) { // whatever it is: the value is named, and left out
            return UNWRITABLE;
        }
    }

    private int readable(byte[] json) {
        UntypedJson.read(envelopes.seal().open(envelopes.seal().close(json)));
        return json.length;
    }

    private Result write(int limit) {
        ClaimCheck claims = envelopes.claims();
        for (int budget = claims.isNone() ? limit : envelopes.maxBytes(); budget > 0; budget = budget * 3 / 4) {
            Omitted omitted = omitted(budget);
            byte[] envelope = pack(omitted, limit, claims);
            if (envelope != null) {
                return new Result(envelope, without(omitted));
            }
            if (!claims.isNone()) { // the claim check may have failed
                claims = ClaimCheck.NONE;
                budget = limit;
            }
        }
        Omitted all = new Omitted(sizes.keySet(), true);
        Envelope run = message.envelope();
        return new Result(pack(all, limit, ClaimCheck.NONE,
                new Envelope(run.run(), run.flow(), run.hop(), run.steps(), Map.of(), Position.START, Store.create(),
                        List.of())),
                without(all));
    }

    /** {@return the parts to leave out, the largest first, so that the others fit} */
    private Omitted omitted(int budget) {
        Set<String> left = new HashSet<>();
        List<Map.Entry<String, Integer>> written = new ArrayList<>();
        sizes.entrySet().forEach(each -> {
            if (each.getValue() == UNWRITABLE) {
                left.add(each.getKey());
            } else {
                written.add(each);
            }
        });
        written.sort(Map.Entry.comparingByValue());
        long taken = 0;
        boolean placed = position == UNWRITABLE;
        boolean fits = false;
        for (Map.Entry<String, Integer> each : written) {
            if (!placed && position <= each.getValue()) {
                placed = true;
                taken += position;
                fits = taken <= budget;
            }
            taken += each.getValue() + each.getKey().length();
            if (taken > budget) {
                left.add(each.getKey());
            }
        }
        return new Omitted(left, placed ? !fits : taken + position > budget);
    }

    private byte[] pack(Omitted omitted, int limit, ClaimCheck claims) {
        Envelope run = message.envelope();
        Envelope smaller = run.withStore(kept(run.store(), omitted.left()));
        return pack(omitted, limit, claims, omitted.position()
                ? smaller.withPosition(run.position().withoutProgress())
                : smaller);
    }

    private byte[] pack(Omitted omitted, int limit, ClaimCheck claims, Envelope kept) {
        List<String> names = sizes.keySet().stream().filter(omitted.left()::contains).toList();
        try {
            return envelopes.pack(message.without(kept, HopMessage.Missing.of(names, omitted.position())), limit, claims);
        } catch (RuntimeException | StackOverflowError e) { // the caller tries with less; what failed first is logged
            return null;
        }
    }

    private static Store kept(Store store, Collection<String> left) {
        Store kept = Store.create();
        Map<String, Object> secrets = new LinkedHashMap<>(ModelAccess.get().secrets(store));
        secrets.keySet().removeAll(left);
        store.toJson().forEach((name, value) -> {
            if (!left.contains(name)) {
                kept.put(name, value);
            }
        });
        ModelAccess.get().putSecrets(kept, secrets);
        return kept;
    }

    private String without(Omitted omitted) {
        Set<String> left = omitted.left();
        String named = sizes.entrySet().stream().filter(each -> left.contains(each.getKey()))
                .sorted(Comparator.comparing((Map.Entry<String, Integer> each) -> each.getValue() == UNWRITABLE ? 0 : 1)
                        .thenComparing(each -> -each.getValue()))
                .limit(NAMED).map(each -> "'" + LogText.of(each.getKey()) + "'"
                        + (each.getValue() == UNWRITABLE ? " (cannot be written)" : " (" + each.getValue() + " bytes)"))
                .collect(Collectors.joining(", "));
        int more = left.size() - NAMED;
        return (named.isEmpty() ? "no value of the store" : named + (more > 0 ? " and " + more + " more" : ""))
                + (omitted.position() ? ", the progress within the step ("
                        + (position == UNWRITABLE ? "cannot be written" : position + " bytes") + ")" : "");
    }
}
