package dev.pocketflow.quarkus.internal.envelope;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.pocketflow.Envelope;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;

/**
 * Reads an envelope from the members of a JSON object. It throws an {@link IllegalArgumentException} that names the place of a
 * malformed member.
 */
public final class EnvelopeReader {

    /** One more hop or step does not overflow an int. */
    private static final int MAX_COUNT = 1_000_000_000;
    /** The most milliseconds that a long can hold in nanoseconds. */
    private static final long MAX_MS = Long.MAX_VALUE / 1_000_000;

    private EnvelopeReader() {
    }

    /** @param content the members that may be at the claim check: position, store and secrets */
    public static Envelope envelope(JsonObjectReader members, JsonObjectReader content, Store store) {
        String run = members.text("run");
        String flow = members.text("flow");
        Map<String, Double> usage = new LinkedHashMap<>();
        if (members.has("usage")) {
            JsonObjectReader used = members.object("usage");
            used.values().keySet().forEach(unit -> usage.put(unit, used.number(unit)));
        }
        return new Envelope(run, flow, whole(members, "hop"), whole(members, "steps"), usage,
                new Position(frames(content, "position", 0)), store,
                each(members.list("path"), members.at("path"),
                        (value, place) -> step(JsonObjectReader.of(value, place), run, flow)));
    }

    private static <T> List<T> each(List<?> values, String place, BiFunction<Object, String, T> read) {
        List<T> all = new ArrayList<>(values.size());
        for (Object value : values) {
            all.add(read.apply(value, place + "[" + all.size() + "]"));
        }
        return all;
    }

    private static RunEvent.StepFinished step(JsonObjectReader step, String run, String flow) {
        return new RunEvent.StepFinished(run, step.has("flow") ? step.text("flow") : flow, step.text("node"),
                whole(step, "step"),
                step.optionalText("action"), nanos(step), step.has("attempts") ? whole(step, "attempts") : 1,
                step.optionalText("error"));
    }

    private static List<Position.Frame> frames(JsonObjectReader members, String name, int level) {
        String place = members.at(name);
        if (level > JsonObjectReader.MAX_LEVELS) {
            throw new IllegalArgumentException(
                    place + " has forks in forks of more than " + JsonObjectReader.MAX_LEVELS + " levels");
        }
        return each(members.list(name), place, (value, at) -> frame(JsonObjectReader.of(value, at), level));
    }

    private static Position.Frame frame(JsonObjectReader frame, int level) {
        String node = frame.optionalText("node");
        Map<String, List<Position.Frame>> parts = new LinkedHashMap<>();
        if (frame.has("parts")) {
            JsonObjectReader part = frame.object("parts");
            if (node != null) {
                throw new IllegalArgumentException(part.place() + " stand beside a node");
            }
            part.values().keySet().forEach(name -> parts.put(name, frames(part, name, level + 1)));
        }
        return new Position.Frame(frame.text("flow"), node, frame.optionalText("action"), frame.optionalText("graph"),
                frame.flag("remote"), loop(frame, node, parts), batch(frame, node), parts, pause(frame, node),
                frame.has("step") ? whole(frame, "step") : 0, frame.has("steps") ? whole(frame, "steps") : 0);
    }

    /** {@return the iteration that runs at a node, or all iterations that run side by side; null for none} */
    private static Position.Loop loop(JsonObjectReader frame, String node, Map<String, List<Position.Frame>> parts) {
        if (!frame.has("iterations")) {
            return null;
        }
        List<Map<String, Object>> iterations = each(frame.list("iterations"), frame.at("iterations"),
                (value, place) -> JsonObjectReader.of(value, place).values());
        if (node != null) {
            return new Position.Loop(iterations, (int) frame.whole("iteration", 0, iterations.size() - 1L));
        }
        boolean all = parts.size() == iterations.size();
        for (int i = 0; all && i < iterations.size(); i++) {
            all = parts.containsKey(Integer.toString(i));
        }
        if (!all || iterations.isEmpty()) {
            throw new IllegalArgumentException(frame.at("parts") + " are not those of the iterations");
        }
        return new Position.Loop(iterations, (int) frame.whole("iteration", -1, -1));
    }

    private static Position.Pause pause(JsonObjectReader frame, String node) {
        if (!frame.has("pause")) {
            return null;
        }
        JsonObjectReader pause = frame.object("pause");
        if (node == null) {
            throw new IllegalArgumentException(pause.place() + " has no node");
        }
        return new Position.Pause(whole(pause, "step"), pause.instant("since"),
                pause.has("until") ? pause.instant("until") : null, pause.has("retries") ? whole(pause, "retries") : 0);
    }

    private static Position.Batch batch(JsonObjectReader frame, String node) {
        if (!frame.has("batch")) {
            return null;
        }
        JsonObjectReader batch = frame.object("batch");
        if (node == null) {
            throw new IllegalArgumentException(batch.place() + " has no node");
        }
        List<?> items = batch.list("items");
        Map<Integer, Object> results = new LinkedHashMap<>();
        batch.object("results").values().forEach((index, result) -> results.put(index(index, items.size(), batch), result));
        return new Position.Batch(whole(batch, "step"), items, results, whole(batch, "attempts"), nanos(batch));
    }

    private static int index(String text, int size, JsonObjectReader batch) {
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) < size) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(batch.at("results") + " has an index that is none of an item");
    }

    private static int whole(JsonObjectReader members, String name) {
        return (int) members.whole(name, 0, MAX_COUNT);
    }

    private static long nanos(JsonObjectReader members) {
        double ms = members.number("ms");
        if (ms < 0 || ms > MAX_MS) {
            throw new IllegalArgumentException(members.at("ms") + " is not a number from 0 to " + MAX_MS);
        }
        return Math.round(ms * 1e6);
    }
}
