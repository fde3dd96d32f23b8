package dev.pocketflow;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.engine.context.ModelAccess;

/** The engine's access to the package-private members of this package. */
final class EngineAccess extends ModelAccess {

    @Override
    public @Nullable Function<Store, ? extends @Nullable Collection<? extends Map<String, ?>>> iterations(Flow flow) {
        return flow.iterations;
    }

    @Override
    public int concurrency(Flow flow) {
        return flow.concurrency;
    }

    @Override
    public @Nullable BiFunction<Store, String, @Nullable String> after(Flow flow) {
        return flow.after;
    }

    @Override
    public @Nullable Object compiled(Flow flow) {
        return flow.compiled;
    }

    @Override
    public void compiled(Flow flow, Object graph) {
        flow.compiled = graph;
    }

    @Override
    public Store with(Store store, Map<String, @Nullable Object> params) {
        return store.with(params);
    }

    @Override
    public void visiting(Store store, String place) {
        store.at = place;
    }

    @Override
    public int changes(Store store) {
        return store.changes();
    }

    @Override
    public void checkValues(Store store, boolean on) {
        store.check(on);
    }

    @Override
    public void checkTouched(Store store) {
        store.checkTouched();
    }

    @Override
    public void untouched(FlowException.StepFailed failure) {
        failure.untouched = true;
    }

    @Override
    public Map<String, @Nullable Object> secrets(Store store) {
        return store.secrets();
    }

    @Override
    public void putSecrets(Store store, Map<String, ?> values) {
        store.putSecrets(values);
    }

    @Override
    public Optional<String> putBy(Store store, String name) {
        return store.putBy(name);
    }

    @Override
    public JavaType type(Key<?> key) {
        return key.type();
    }
}
