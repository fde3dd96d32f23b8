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

/** The effects of a run on the world outside, and its results. */
final class ChaosWorld {

    final FaultPlan plan;
    SimulatedCloud cloud;
    /** The stores at the end of the run. */
    final Set<String> outcomes = new TreeSet<>();
    /** Envelopes of the failed run, to be sent again. */
    final List<byte[]> parked = new ArrayList<>();
    /** The points that were passed, with their counts. */
    final Map<String, Integer> passed = new HashMap<>();
    /** The number of times that each hop began. */
    final Map<Integer, Integer> begun = new HashMap<>();
    private final Map<String, List<Integer>> effects = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    /** The visits or items whose key changed, or was another's too. */
    final List<String> mistaken = new ArrayList<>();
    private int repeated;

    ChaosWorld(FaultPlan plan) {
        this.plan = plan;
    }

    void pass(String point) {
        passed.merge(point, 1, Integer::sum);
        cloud.current().pass(point);
    }

    /** Calls a service. The service detects a repetition by the key, which identifies a visit or an item. */
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

    /** Records a call of a service, with or without an effect. */
    void asked(String name) {
        String key = Visit.current().key();
        String before = keys.putIfAbsent(name, key);
        String other = keys.putIfAbsent(key, name);
        if (before != null && !before.equals(key) || other != null && !other.equals(name)) {
            mistaken.add(name + " has " + key + ", as " + other + "; before, it had " + before);
        }
    }

    /** The hop in progress. */
    int hop;

    int repeated() {
        return repeated;
    }

    /** {@return whether only effects of hops that began more than once were repeated} */
    boolean onlyInFlight() {
        return effects.values().stream().filter(hops -> hops.size() > 1)
                .allMatch(hops -> hops.stream().anyMatch(each -> begun.getOrDefault(each, 0) > 1));
    }

    int services() {
        return effects.size();
    }
}
