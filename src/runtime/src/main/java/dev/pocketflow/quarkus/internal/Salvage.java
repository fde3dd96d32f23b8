package dev.pocketflow.quarkus.internal;

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

/**
 * A failed run whose envelope cannot be written as a whole, without the values that are to blame: those that are no JSON, and
 * of the others the largest.
 */
final class Salvage {

    private static final int UNWRITABLE = -1;
    private static final int NAMED = 5;

    private final Envelopes envelopes;
    private final Parcel parcel;
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final boolean position; // whether it can be written

    private Salvage(Envelopes envelopes, Parcel parcel) {
        this.envelopes = envelopes;
        this.parcel = parcel;
        Envelope run = parcel.envelope();
        Map<String, Object> secrets = run.store().secrets();
        run.store().toJson().forEach((name, value) -> sizes.put(name, secrets.containsKey(name)
                ? envelopes.seal().encrypts() ? size(secrets.get(name)) : UNWRITABLE
                : size(value)));
        this.position = size(json -> EnvelopeJson.position(json, run.position())) != UNWRITABLE;
    }

    /**
     * The part of a run that was kept.
     *
     * @param envelope sealed; null where there is nothing to be kept
     * @param without what it lacks, for the log: names and sizes
     */
    record Kept(byte[] envelope, String without) {
    }

    static Kept of(Envelopes envelopes, Parcel parcel, int limit) {
        return new Salvage(envelopes, parcel).kept(Math.min(limit, envelopes.most()));
    }

    private int size(Object value) {
        return size(json -> EnvelopeJson.store(json, new Envelope("", "", 0, 0, Map.of(), List.of(),
                Store.create().put("value", value), List.of())));
    }

    /** Also what can be written but not be read back makes an envelope that is of no use. */
    private int size(EnvelopeJson.Content content) {
        try {
            byte[] json = EnvelopeJson.object(out -> {
                out.writeFieldName("store");
                content.write(out);
            });
            return json.length > envelopes.most() ? json.length : readable(json);
        } catch (RuntimeException | StackOverflowError e) { // whatever it is: the value is named, and left out
            return UNWRITABLE;
        }
    }

    private int readable(byte[] json) {
        Untyped.read(envelopes.seal().open(envelopes.seal().close(json)));
        return json.length;
    }

    private Kept kept(int limit) {
        ClaimCheck claims = envelopes.claims();
        for (int budget = claims == null ? limit : envelopes.most(); budget > 0; budget = budget * 3 / 4) {
            Set<String> left = left(budget);
            byte[] envelope = packed(left, limit, claims);
            if (envelope != null) {
                return new Kept(envelope, without(left));
            }
            if (claims != null) { // it may be what failed
                claims = null;
                budget = limit;
            }
        }
        return new Kept(null, without(sizes.keySet()));
    }

    /** {@return the names to leave out, so that no more than this is left} */
    private Set<String> left(int budget) {
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
        for (Map.Entry<String, Integer> each : written) {
            taken += each.getValue() + each.getKey().length();
            if (taken > budget) {
                left.add(each.getKey());
            }
        }
        return left;
    }

    private byte[] packed(Set<String> left, int limit, ClaimCheck claims) {
        byte[] envelope = position ? packed(left, limit, claims, false) : null;
        return envelope != null || left.size() < sizes.size() && position ? envelope : packed(left, limit, claims, true);
    }

    private byte[] packed(Set<String> left, int limit, ClaimCheck claims, boolean reduced) {
        Envelope run = parcel.envelope();
        Envelope rest = new Envelope(run.run(), run.flow(), run.hop(), run.steps(), run.usage(),
                reduced ? run.position().stream().map(Salvage::bare).toList() : run.position(), rest(run.store(), left),
                run.path());
        List<String> names = sizes.keySet().stream().filter(left::contains).toList();
        try {
            return envelopes.pack(parcel.without(rest, new Parcel.Missing(names, reduced)), limit, claims);
        } catch (RuntimeException | StackOverflowError e) { // the caller tries with less; what failed first is logged
            return null;
        }
    }

    private static Store rest(Store store, Collection<String> left) {
        Store rest = Store.create();
        Map<String, Object> secrets = new LinkedHashMap<>(store.secrets());
        secrets.keySet().removeAll(left);
        store.toJson().forEach((name, value) -> {
            if (!left.contains(name)) {
                rest.put(name, value);
            }
        });
        return rest.putSecrets(secrets);
    }

    private static Envelope.Frame bare(Envelope.Frame frame) {
        return new Envelope.Frame(frame.flow(), frame.node(), frame.action(), frame.graph(), frame.remote(), null, null,
                Map.of(), null, frame.step(), frame.steps());
    }

    private String without(Set<String> left) {
        String named = sizes.entrySet().stream().filter(each -> left.contains(each.getKey()))
                .sorted(Comparator.comparing((Map.Entry<String, Integer> each) -> each.getValue() == UNWRITABLE ? 0 : 1)
                        .thenComparing(each -> -each.getValue()))
                .limit(NAMED).map(each -> "'" + each.getKey() + "'"
                        + (each.getValue() == UNWRITABLE ? " (cannot be written)" : " (" + each.getValue() + " bytes)"))
                .collect(Collectors.joining(", "));
        int more = left.size() - NAMED;
        return (named.isEmpty() ? "no value of the store" : named + (more > 0 ? " and " + more + " more" : ""))
                + (position ? "" : ", the progress within the step (cannot be written)");
    }
}
