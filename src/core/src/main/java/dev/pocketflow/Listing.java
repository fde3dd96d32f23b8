package dev.pocketflow;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.SerializableString;

import dev.pocketflow.internal.KeptText;

/** Names and values in their order, unmodifiable: to be read through, as a writer of JSON does. A search takes its time. */
final class Listing extends AbstractMap<String, Object> {

    private final List<Map.Entry<String, Object>> entries;

    @SafeVarargs
    private Listing(Map.Entry<String, Object>... entries) {
        this.entries = Arrays.asList(entries);
    }

    static Listing of(Map<String, Cell> cells) {
        @SuppressWarnings({ "unchecked", "rawtypes" })
        Map.Entry<String, Object>[] entries = new Map.Entry[cells.size()];
        int i = 0;
        for (Map.Entry<String, Cell> each : cells.entrySet()) {
            Cell cell = each.getValue();
            SerializableString kept = cell.secret ? null : cell.kept();
            entries[i++] = kept != null ? new KeptText(each.getKey(), kept)
                    : new SimpleImmutableEntry<>(each.getKey(), cell.secret ? null : cell.json());
        }
        return new Listing(entries);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }
}
