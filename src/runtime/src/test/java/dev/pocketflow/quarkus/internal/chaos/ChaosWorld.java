package dev.pocketflow.quarkus.internal.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.pocketflow.Visit;
import dev.pocketflow.cloud.faults.FaultPlan;
import dev.pocketflow.cloud.faults.SimulatedCloud;

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
    private final Map<String, String> keys = new HashMap<>();
    /** Of which visits or items the key was not always the same, or was another's too. */
    final List<String> mistaken = new ArrayList<>();
    private int repeated;

    ChaosWorld(FaultPlan plan) {
        this.plan = plan;
    }

    void pass(String point) {
        passed.merge(point, 1, Integer::sum);
        cloud.current().pass(point);
    }

    /**
     * A call of a service, which is to know a repetition by its key: here, by what tells a visit or an item from all others.
     */
    String effect(String name) {
        pass("before exec");
        asked(name);
        List<Integer> hops = effects.computeIfAbsent(name, each -> new ArrayList<>());
        hops.add(hop);
        if (hops.size() > 1) {
            repeated++;
        }
        pass("inside exec");
        return name;
    }

    /** A call of a service, whether it takes effect or not. */
    void asked(String name) {
        String key = Visit.current().key();
        String before = keys.putIfAbsent(name, key);
        String other = keys.putIfAbsent(key, name);
        if (before != null && !before.equals(key) || other != null && !other.equals(name)) {
            mistaken.add(name + " has " + key + ", as " + other + "; before, it had " + before);
        }
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
