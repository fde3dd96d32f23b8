package dev.pocketflow.quarkus.internal.entry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;
import dev.pocketflow.quarkus.internal.response.RunResultReader;
import dev.pocketflow.quarkus.internal.signal.Signal;

/** Begins hops for the application's own code. */
@Singleton
public class RunStarter {

    private final FlowFunction function;

    RunStarter(FlowFunction function) {
        this.function = function;
    }

    BegunHop start(String name, Object input, StartOptions options) {
        return start(name, input, options, HopEngine.Caller.PLAIN);
    }

    /** Begins a run: see {@link dev.pocketflow.quarkus.Flows#start(String, Object, StartOptions)}. */
    public BegunHop start(String name, Object input, StartOptions options, HopEngine.Caller caller) {
        Flow flow = flow(name);
        EntryEvent event = new EntryEvent.StartRun(store(name, input), options.traceparent().orElse(null))
                .withIdentity(EventIdentity.Kind.APPLICATION, options.idempotencyKey().orElse(null));
        return function.begin(event, flow, caller);
    }

    private Flow flow(String name) {
        Flow flow = function.flows().get(name);
        if (flow == null) {
            throw new IllegalArgumentException("this application has no flow '" + LogText.of(name) + "'. Its flows are "
                    + function.flows().keySet());
        } else if (!function.engine().hosts(flow)) {
            throw new IllegalArgumentException(
                    "flow '" + name + "' works in another function, since a RemoteFlow names it. Set "
                            + "quarkus.pocketflow.remote." + name + "=nested to start it here");
        }
        return flow;
    }

    /** Writes the input as JSON and reads it again: a run never shares an object with its caller. */
    public static Store store(String flow, Object input) {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(input instanceof Store store ? store.asMap() : input);
            if (OutcomeWriter.read(json) instanceof Map<?, ?> values) {
                return values(values);
            }
        } catch (JsonProcessingException e) { // its message may quote a value
            throw new IllegalArgumentException("the input of flow '" + flow + "', a " + input.getClass().getName()
                    + ", cannot be written as JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException("JSON that was written cannot be read", e);
        }
        throw new IllegalArgumentException("the input of flow '" + flow + "' is not written as a JSON object. Give a map, a "
                + "Store or a record");
    }

    @SuppressWarnings("unchecked")
    private static Store values(Map<?, ?> values) {
        try {
            return Store.of((Map<String, ?>) values);
        } catch (FlowException.BadValue outside) {
            throw new BadEvent(400, outside.getMessage());
        }
    }

    BegunHop resume(byte[] envelope) {
        return function.begin(new EntryEvent.ResumeRun(envelope), HopEngine.Caller.PLAIN);
    }

    BegunHop signal(String token, String action, Object payload) {
        String signal = function.engine().open(token).signal();
        return function.begin(new EntryEvent.SignalRun(new Signal(token, signal, action, payload)), HopEngine.Caller.PLAIN);
    }

    /** Starts a run that works on other threads. {@return its result if it has one already} */
    RunResult startDetached(String flow, Object input, StartOptions options) {
        if (System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null) {
            throw new IllegalStateException("a run cannot be started without waiting on AWS Lambda, which stops the function "
                    + "when it has answered. Wait for the run, or invoke the function asynchronously");
        }
        DetachedRun run = DetachedRun.start(() -> start(flow, input, options));
        HopResponse done = run.answer().getNow(null);
        BegunHop hop = run.hop();
        return done != null ? RunResultReader.of(done)
                : new RunResult.HandedOver(hop.run(), flow, 0, Optional.empty(), Optional.ofNullable(hop.cancelToken()),
                        Optional.empty());
    }
}
