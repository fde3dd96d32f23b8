package dev.pocketflow.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.pocketflow.Envelope;
import dev.pocketflow.StepEvent;
import dev.pocketflow.Store;

/**
 * An envelope from the members of a JSON object. What is malformed is an {@link IllegalArgumentException} that names its place.
 */
public final class EnvelopeReader {

    private EnvelopeReader() {
    }

    /** @param content the members' part that may be at the claim check */
    public static Envelope envelope(Members members, Members content, Store store) {
        String run = members.text("run");
        String flow = members.text("flow");
        Map<String, Double> usage = new LinkedHashMap<>();
        if (members.has("usage")) {
            Members used = members.object("usage");
            used.values().keySet().forEach(unit -> usage.put(unit, used.number(unit)));
        }
        return new Envelope(run, flow, whole(members, "hop"), whole(members, "steps"), usage,
                each(content.list("position"), content.at("position"), EnvelopeReader::frame), store,
                each(members.list("path"), members.at("path"), (value, place) -> step(Members.of(value, place), run, flow)));
    }

    private static <T> List<T> each(List<?> values, String place, BiFunction<Object, String, T> read) {
        List<T> all = new ArrayList<>(values.size());
        for (Object value : values) {
            all.add(read.apply(value, place + "[" + all.size() + "]"));
        }
        return all;
    }

    private static StepEvent.Finished step(Members step, String run, String flow) {
        return new StepEvent.Finished(run, step.has("flow") ? step.text("flow") : flow, step.text("node"), whole(step, "step"),
                step.optionalText("action"), nanos(step), step.has("attempts") ? whole(step, "attempts") : 1,
                step.optionalText("error"));
    }

    private static Envelope.Frame frame(Object value, String place) {
        Members frame = Members.of(value, place);
        Map<String, List<Envelope.Frame>> parts = new LinkedHashMap<>();
        if (frame.has("parts")) {
            Members part = frame.object("parts");
            part.values().keySet()
                    .forEach(name -> parts.put(name, each(part.list(name), part.at(name), EnvelopeReader::frame)));
        }
        return new Envelope.Frame(frame.text("flow"), frame.optionalText("node"), frame.optionalText("action"),
                frame.optionalText("graph"), Boolean.TRUE.equals(frame.values().get("remote")), loop(frame), batch(frame),
                parts);
    }

    private static Envelope.Loop loop(Members frame) {
        if (!frame.has("iterations")) {
            return null;
        }
        List<Map<String, Object>> iterations = each(frame.list("iterations"), frame.at("iterations"),
                (value, place) -> Collections.unmodifiableMap(Members.of(value, place).values()));
        return new Envelope.Loop(iterations, (int) frame.whole("iteration", -1, iterations.size() - 1));
    }

    private static Envelope.Batch batch(Members frame) {
        if (!frame.has("batch")) {
            return null;
        }
        Members batch = frame.object("batch");
        List<?> items = batch.list("items");
        Map<Integer, Object> results = new LinkedHashMap<>();
        batch.object("results").values().forEach((index, result) -> results.put(index(index, items.size(), batch), result));
        return new Envelope.Batch(whole(batch, "step"), items, results, whole(batch, "attempts"), nanos(batch));
    }

    private static int index(String text, int size, Members batch) {
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) < size) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(batch.at("results") + " has an index that is none of an item");
    }

    private static int whole(Members members, String name) {
        return (int) members.whole(name, 0, Integer.MAX_VALUE);
    }

    private static long nanos(Members members) {
        return Math.round(members.number("ms") * 1e6);
    }
}
