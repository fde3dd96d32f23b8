package dev.pocketflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The shared, JSON-shaped state of one run: names with values that JSON can carry, or of any type Jackson can write and read
 * back. Names keep the order in which they were first put.
 *
 * <p>
 * Thread-safe: every operation is atomic by itself. Parallel parts of a flow change one value together through {@link #update}.
 * Values are not copied: a list that was read is the list in the store.
 */
public final class Store {

    private final StoredValues cells;
    private final Map<String, @Nullable Object> params;
    @Nullable
    String at; // the node that uses it, for messages; null outside a run

    private Store(StoredValues cells, Map<String, @Nullable Object> params) {
        this.cells = cells;
        this.params = params;
    }

    /** {@return an empty store} */
    public static Store create() {
        return new Store(new StoredValues(), Map.of());
    }

    /**
     * Makes a store with initial content.
     *
     * @param values names and values, which are not copied; a value may be {@code null}
     * @return a new store
     */
    @JsonCreator
    public static Store of(Map<String, ?> values) {
        Store store = create();
        values.forEach(store::put);
        return store;
    }

    /** Makes a view of the same store for the nodes of one batch iteration. */
    Store with(Map<String, @Nullable Object> iteration) {
        return new Store(cells, Collections.unmodifiableMap(iteration));
    }

    /** {@return the current batch iteration's inputs, unmodifiable; empty outside a batch flow} */
    public Map<String, @Nullable Object> params() {
        return params;
    }

    /**
     * Sets a value.
     *
     * @param key the name and type
     * @param value the value; {@code null} is stored as JSON's {@code null}, by a key of a nullable type
     * @param <T> the value's type
     * @return this store
     */
    public <T extends @Nullable Object> Store put(Key<T> key, T value) {
        synchronized (cells) {
            set(key, value);
        }
        return this;
    }

    /**
     * Sets a value by plain name.
     *
     * @param name the name; not {@code null}
     * @param value the value; {@code null} is stored as JSON's {@code null}
     * @return this store
     */
    public Store put(String name, @Nullable Object value) {
        return put(Key.raw(name), value);
    }

    /**
     * Reads a required value. A raw JSON value is converted to the key's type once, in place, so every later read gives the
     * same object. If the value is missing, the key's {@link Key#defaultTo default} is put, once, and is the value.
     *
     * @param key the name and type
     * @param <T> the value's type
     * @return the value; {@code null} only if {@code null} was put, or the input has JSON's {@code null} there
     * @throws FlowException.MissingKey if there is neither a value nor a default
     * @throws FlowException.BadValue if it cannot be read as the key's type
     */
    public <T extends @Nullable Object> T get(Key<T> key) {
        synchronized (cells) {
            StoredValue found = cells.get(key.name());
            StoredValue cell = found != null ? found : cells.putDefault(key, at);
            if (cell == null) {
                throw new FlowException.MissingKey(key.name(), new ArrayList<>(cells.keySet()));
            }
            cells.touch(key.name(), this);
            return cell.read(key);
        }
    }

    /**
     * Reads a required value without conversion.
     *
     * @param name the name; not {@code null}
     * @return the value; {@code null} only if {@code null} was put
     * @throws FlowException.MissingKey if the store does not have the name
     */
    public @Nullable Object get(String name) {
        return get(Key.raw(name));
    }

    /**
     * Reads a value that may be missing. If it is missing, the key's {@link Key#defaultTo default} is put, once, and is the
     * value.
     *
     * @param key the name and type
     * @param <T> the value's type
     * @return the value; empty if it is missing and has no default, is {@code null}, or is a value that JSON writes as null,
     *         such as an empty {@code Optional}
     * @throws FlowException.BadValue if it cannot be read as the key's type
     */
    public <T extends @Nullable Object> Optional<@NonNull T> find(Key<T> key) {
        synchronized (cells) {
            StoredValue found = cells.get(key.name());
            StoredValue cell = found != null ? found : cells.putDefault(key, at);
            cells.touch(key.name(), this);
            return cell == null ? Optional.empty() : cell.find(key);
        }
    }

    /**
     * Reads a value that may be missing, without conversion.
     *
     * @param name the name; not {@code null}
     * @return the value; empty if it is missing or {@code null}
     */
    public Optional<Object> find(String name) {
        return find(Key.raw(name));
    }

    /**
     * Changes a value in one atomic step. Other threads wait, so the function should be short.
     *
     * @param key the name and type
     * @param change from the old value (if it is missing, the key's default or {@code null}) to the new
     * @param <T> the value's type
     * @return the new value
     * @throws FlowException.BadValue if the old value cannot be read as the key's type
     */
    public <T extends @Nullable Object> @Nullable T update(Key<T> key, UnaryOperator<@Nullable T> change) {
        synchronized (cells) {
            StoredValue cell = cells.get(key.name());
            @Nullable
            T changed = change.apply(cell == null ? key.fallback() : cell.read(key));
            if (cell == null || cell.removed) {
                set(key, changed);
            } else {
                cells.check(key, changed, this);
                cell.set(changed, key, at);
            }
            return changed;
        }
    }

    /**
     * Adds an element to the end of a list in one atomic step. A missing list is made, from the key's default if it has one.
     *
     * @param key the name and type of the list
     * @param element the element; may be {@code null}
     * @param <E> the elements' type
     * @return this store
     * @throws FlowException.BadValue if the value cannot be read as the key's type
     */
    public <E extends @Nullable Object> Store append(Key<List<E>> key, E element) {
        update(key, old -> {
            List<E> longer = old == null ? new ArrayList<>() : new ArrayList<>(old);
            longer.add(element);
            return longer;
        });
        return this;
    }

    /**
     * Changes a value in one atomic step, by plain name.
     *
     * @param name the name; not {@code null}
     * @param change from the old value ({@code null} if it is missing) to the new
     * @return the new value
     */
    public @Nullable Object update(String name, UnaryOperator<@Nullable Object> change) {
        return update(Key.raw(name), change);
    }

    /**
     * Removes a value.
     *
     * @param key the name and type
     * @param <T> the value's type
     * @return the removed value; empty if it was missing or {@code null}
     * @throws FlowException.BadValue if it cannot be read as the key's type; then it is not removed
     */
    public <T extends @Nullable Object> Optional<@NonNull T> remove(Key<T> key) {
        synchronized (cells) {
            StoredValue cell = cells.get(key.name());
            Optional<@NonNull T> found = cell == null ? Optional.empty() : cell.find(key);
            cells.takeOut(key.name());
            return found;
        }
    }

    /**
     * Removes a value by plain name.
     *
     * @param name the name; not {@code null}
     * @return the removed value; empty if it was missing or {@code null}
     */
    public Optional<Object> remove(String name) {
        return remove(Key.raw(name));
    }

    /** {@return a copy of the names and values at this moment, unmodifiable, in the order in which they were first put} */
    public Map<String, @Nullable Object> asMap() {
        synchronized (cells) {
            return cells.asMap(this);
        }
    }

    /**
     * {@return the names with values that a Jackson writer makes their JSON of, {@code null} for a secret; a copy,
     * unmodifiable}
     */
    @JsonValue
    public Map<String, @Nullable Object> toJson() {
        return cells.json(false);
    }

    /** {@return the secret values by name (see {@link Key#secret}), in the form of {@link #toJson}} */
    Map<String, @Nullable Object> secrets() {
        return cells.json(true);
    }

    /** Sets values that are secret from now on. */
    void putSecrets(Map<String, ?> values) {
        synchronized (cells) {
            values.forEach(this::put);
            values.keySet().forEach(name -> cells.get(name).secret = true);
        }
    }

    /** {@return the node that last put the value, such as {@code node 'write' of flow 'letter'}; empty if unknown} */
    Optional<String> putBy(String name) {
        synchronized (cells) {
            return Optional.ofNullable(cells.get(name)).map(cell -> cell.by);
        }
    }

    /** Sets whether values are checked: see {@link Run#checkValues()}. */
    void check(boolean on) {
        synchronized (cells) {
            cells.checked = on;
        }
    }

    /** Checks the values that the ending visit read or put, and may have changed since. */
    void checkTouched() {
        if (cells.checked) {
            synchronized (cells) {
                cells.checkAgain(this);
            }
        }
    }

    /** {@return the names only: a store's contents are never printed by accident} */
    @Override
    public String toString() {
        return "Store" + asMap().keySet();
    }

    /** {@return how often a value was put or taken out} */
    int changes() {
        return cells.changes;
    }

    private void set(Key<?> key, @Nullable Object value) {
        cells.check(key, value, this);
        cells.computeIfAbsent(key.name(), StoredValues::named).set(value, key, at);
    }
}
