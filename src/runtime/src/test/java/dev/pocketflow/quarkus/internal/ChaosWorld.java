package dev.pocketflow.quarkus.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.pocketflow.Visit;
import dev.pocketflow.testing.FaultPlan;
import dev.pocketflow.testing.SimulatedCloud;

/** What a run does to the world outside, and what came of it. */
final class ChaosWorld {

    final FaultPlan plan;
    SimulatedCloud cloud;
    /** The stores that the run ended with. */
    final Set<String> outcomes = new TreeSet<>();
    /** Envelopes of the run that failed, waiting for somebody. */
    final List<byte[]> parked = new ArrayList<>();
    /** The points that were passed, and how often. */
    final Map<String, Integer> passed = new HashMap<>();
    /** How often each hop was begun. */
    final Map<Integer, Integer> begun = new HashMap<>();
    private final Map<String, List<Integer>> effects = new HashMap<>();
    private int repeated;

    ChaosWorld(FaultPlan plan) {
        this.plan = plan;
    }

    void pass(String point) {
        passed.merge(point, 1, Integer::sum);
        cloud.current().pass(point);
    }

    /** A call of a service, which knows a repetition by its key. */
    String effect(String name) {
        pass("before exec");
        Visit visit = Visit.current();
        List<Integer> hops = effects.computeIfAbsent(visit.key() + " " + name, key -> new ArrayList<>());
        hops.add(hop);
        if (hops.size() > 1) {
            repeated++;
        }
        pass("inside exec");
        return name;
    }

    /** The hop that is worked on. */
    int hop;

    int repeated() {
        return repeated;
    }

    /** {@return whether no effects were repeated but those of hops that were begun more than once} */
    boolean onlyInFlight() {
        return effects.values().stream().filter(hops -> hops.size() > 1)
                .allMatch(hops -> hops.stream().anyMatch(each -> begun.getOrDefault(each, 0) > 1));
    }

    int services() {
        return effects.size();
    }
}
