package dev.pocketflow;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.RoundTripCheck;
import dev.pocketflow.internal.json.TypedValue;

/** The values of a store, which its views share. Guarded by its monitor. */
final class StoredValues extends LinkedHashMap<String, StoredValue> {

    private static final long serialVersionUID = 1;

    /** True if values are checked: see {@link Run#checkValues()}. */
    boolean checked;
    /** The number of puts and removals. */
    int changes;
    private transient @Nullable Map<Store, Set<String>> touched; // by the holder of the view; null if nothing is checked

    void touch(String name, Store view) {
        if (checked) {
            touched = touched == null ? new IdentityHashMap<>() : touched;
            touched.computeIfAbsent(view, none -> new HashSet<>()).add(name);
        }
    }

    /** {@return a cell for a new name} @throws FlowException.BadValue if no envelope can have it */
    static StoredValue named(String name) {
        CarriedValues.key(name);
        return new StoredValue();
    }

    /**
     * Puts the default of a key that is absent. That is no change of the store: a flow has not worked on what it only read.
     *
     * @param by the node that reads it; null if that is not known
     * @return its cell; null if the key has no default
     * @throws FlowException.BadValue if no envelope can have the name
     */
    @Nullable
    StoredValue putDefault(Key<?> key, @Nullable String by) {
        Object value = key.fallback();
        if (value == null) {
            return null;
        }
        StoredValue cell = named(key.name());
        cell.set(value, key, by);
        put(key.name(), cell);
        return cell;
    }

    /**
     * Counts a value that is put.
     *
     * @throws FlowException.BadValue if no run can carry the value, or, if values are checked, a hop would change it
     */
    void check(Key<?> key, @Nullable Object value, Store view) {
        CarriedValues.value(key.name(), value);
        if (checked) {
            touch(key.name(), view);
            roundTrip(key.name(), value, key.type());
        }
        changes++;
    }

    /** Removes a value, if there is one. */
    void takeOut(String name) {
        StoredValue cell = remove(name);
        if (cell != null) {
            cell.removed = true;
            changes++;
        }
    }

    /** Checks values once more: their readers and writers may have changed them in place. */
    void checkAgain(Store view) {
        Set<String> names = touched == null ? null : touched.remove(view);
        for (String name : names == null ? Set.<String> of() : names) {
            StoredValue cell = get(name);
            if (cell != null) {
                roundTrip(name, cell.value, cell.type);
            }
        }
    }

    /** {@return a copy of the values by name, which the view records; unmodifiable} */
    Map<String, @Nullable Object> asMap(Store view) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(size() * 2);
        forEach((name, cell) -> values.put(name, cell.value));
        keySet().forEach(name -> touch(name, view));
        return Collections.unmodifiableMap(values);
    }

    /** {@return the values, or the secret ones, by name, in the form of which a Jackson writer makes JSON; unmodifiable} */
    synchronized Map<String, @Nullable Object> json(boolean secrets) {
        if (secrets && values().stream().noneMatch(cell -> cell.secret)) {
            return Map.of();
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(size() * 2);
        forEach((name, cell) -> {
            if (cell.secret || !secrets) {
                values.put(name, cell.secret == secrets ? TypedValue.of(cell.value, cell.type) : null);
            }
        });
        return Collections.unmodifiableMap(values);
    }

    private static void roundTrip(String name, @Nullable Object value, @Nullable JavaType type) {
        try {
            RoundTripCheck.check(value, type);
        } catch (RoundTripCheck.Changed e) {
            if (e.outside() != null) {
                throw new FlowException.BadValue(name,
                        "in the value of store key '" + LogText.of(name) + "', " + e.outside());
            }
            throw e.isUnwritable() ? new FlowException.BadValue(name, e.type(), Optional.empty(), e.getCause())
                    : FlowException.BadValue.changed(name, value, e.getCause());
        }
    }
}
