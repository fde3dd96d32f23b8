package dev.pocketflow.engine.context;

import java.lang.invoke.MethodHandles;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Run;
import dev.pocketflow.Store;

/**
 * The one way for the engine, and the runtime above it, to the members of {@code dev.pocketflow} that its types keep
 * package-private. {@link Run} registers the implementation, since it is the one class there that starts the engine.
 */
public abstract class ModelAccess {

    private static volatile ModelAccess registered;

    private static final class Holder {
        static final ModelAccess MODEL = load();

        private static ModelAccess load() {
            try {
                MethodHandles.lookup().ensureInitialized(Run.class);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            return registered;
        }
    }

    /** {@return the access to the model; the same one always} */
    public static ModelAccess get() {
        return Holder.MODEL;
    }

    /** Sets what {@link #get} returns; called once, when {@link Run} is initialized. */
    public static void register(ModelAccess model) {
        registered = model;
    }

    /** {@return the function that reads the iterations of a batch flow from the store; null for any other flow} */
    public abstract @Nullable Function<Store, ? extends @Nullable Collection<? extends Map<String, ?>>> iterations(Flow flow);

    /** {@return how many iterations may run at once} */
    public abstract int concurrency(Flow flow);

    /** {@return the flow's own {@code after}; null for none} */
    public abstract @Nullable BiFunction<Store, String, @Nullable String> after(Flow flow);

    /** {@return the object that {@link #compiled(Flow, Object)} stored in the flow; null for none} */
    public abstract @Nullable Object compiled(Flow flow);

    /** Stores the engine's form of a flow in the flow. */
    public abstract void compiled(Flow flow, Object graph);

    /** {@return the same store as the nodes of one batch iteration see it} */
    public abstract Store with(Store store, Map<String, @Nullable Object> params);

    /** Sets the node that works on a store, for messages: {@code node 'write' of flow 'letter'}. */
    public abstract void visiting(Store store, String place);

    /** {@return how often a value of the store was put or removed} */
    public abstract int changes(Store store);

    /** Sets whether the store's values are checked: see {@link Run#checkValues()}. */
    public abstract void checkValues(Store store, boolean on);

    /** Checks the values that the ending visit read or put, and may have changed since. */
    public abstract void checkTouched(Store store);

    /** Marks a failure of a run that had changed nothing yet. */
    public abstract void untouched(FlowException.StepFailed failure);

    /** {@return the secret values by name, as {@link Store#toJson} has the others} */
    public abstract Map<String, @Nullable Object> secrets(Store store);

    /** Puts values, and makes them secret. */
    public abstract void putSecrets(Store store, Map<String, ?> values);

    /** {@return the node that last put the value, such as {@code node 'write' of flow 'letter'}; empty if that is not known} */
    public abstract Optional<String> putBy(Store store, String name);

    /** {@return the type of a key's value, with its parameters} */
    public abstract JavaType type(Key<?> key);
}
