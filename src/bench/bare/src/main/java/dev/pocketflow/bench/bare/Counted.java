package dev.pocketflow.bench.bare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The answer, which has the form of a run's outcome. */
@RegisterForReflection
public record Counted(String status, String run, String action, Map<String, Object> store, List<Step> path) {

    /** A step of the path. */
    @RegisterForReflection
    public record Step(String flow, String node, String action, double ms, int attempts) {
    }

    private static final List<String> STEPS = List.of("first", "second", "third");

    /** Counts three up. */
    static Counted of(Map<String, Object> state) {
        List<Step> path = new ArrayList<>();
        for (String name : STEPS) {
            long begun = System.nanoTime();
            state.merge("count", 1, (before, one) -> (int) before + (int) one);
            path.add(new Step("counting", name, "default", (System.nanoTime() - begun) / 1000 / 1e3, 1));
        }
        return new Counted("completed", UUID.randomUUID().toString(), "default", state, path);
    }
}
