package dev.pocketflow.quarkus.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;

import dev.pocketflow.Flow;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Step;
import dev.pocketflow.quarkus.config.HandOverConfig.Way;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.settings.FreeKeys;
import dev.pocketflow.quarkus.internal.settings.SettingNames;

/**
 * Finds settings that nothing reads: misspelt keys, and entries of maps under names that nothing refers to. Quarkus warns about
 * unknown keys in files only, not about environment variables and system properties.
 *
 * @param keys all keys of ours, with {@code *} for a name that the user chooses
 * @param units what this application's nodes count with {@code Visit.use}
 * @param moreUnits whether they may count other units too
 */
public record SettingsCheck(List<String> keys, List<String> units, boolean moreUnits) {

    static final String REMOTE = "quarkus.pocketflow.remote";
    public static final String USAGE = "quarkus.pocketflow.budget.usage";

    private static final Pattern VARIABLE = Pattern.compile("(?:_[A-Za-z0-9]+_)?(QUARKUS_POCKETFLOW_.*)");
    private static final Pattern PROPERTY = Pattern.compile("(?:%[^.]+\\.)?(quarkus\\.pocketflow\\..*)");
    /** A name with the prefix that keys had before they began with {@code quarkus.}. Its profile stands before it. */
    private static final Pattern OLD = Pattern
            .compile("(%[^.]+\\.|_[A-Za-z0-9]+_|)(pocketflow\\..*|POCKETFLOW_.*)");
    /** The variables that Kubernetes makes for a Service named pocketflow or quarkus-pocketflow. */
    private static final Pattern SERVICE = Pattern
            .compile("(?:QUARKUS_)?POCKETFLOW_(?:[A-Z0-9_]*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT|PORT_[0-9].*)");

    /** {@return the flows that the graphs name with a {@link RemoteFlow}} */
    public static Set<String> remotes(Collection<Flow> flows) {
        Set<String> names = new TreeSet<>();
        Set<Flow> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Step> left = new ArrayDeque<>(flows);
        while (!left.isEmpty()) { // nested flows may be deeper than the thread's stack
            Step step = left.pop();
            if (step instanceof RemoteFlow remote) {
                names.add(remote.flow());
            } else if (step instanceof Flow flow && seen.add(flow)) {
                flow.nodes().values().forEach(vertex -> left.push(vertex.step()));
                flow.branches().forEach(left::push);
            }
        }
        return names;
    }

    /** {@return the addresses of other functions, by the names of their flows} */
    public static FreeKeys<String> addresses(PocketFlowConfig config, Collection<Flow> flows) {
        Set<String> known = remotes(flows);
        flows.forEach(flow -> known.add(flow.name()));
        return new FreeKeys<>(REMOTE, config.remote(), known);
    }

    /**
     * Checks the environment variables.
     *
     * @return a warning for each variable that is no key
     * @throws IllegalArgumentException if two variables are one key
     */
    List<String> variables(Collection<String> names) {
        Map<String, String> known = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            Matcher ours = VARIABLE.matcher(name);
            if (!ours.matches() || SERVICE.matcher(name).matches()) {
                continue;
            }
            if (!isVariable(ours.group(1))) {
                warnings.add(unknown("the environment variable " + name));
            }
            String other = known.put(SettingNames.plain(name), name);
            if (other != null) {
                throw new IllegalArgumentException("the environment variables " + other + " and " + name
                        + " are spellings of one key. Remove one of them");
            }
        }
        return warnings;
    }

    /** {@return a warning for each system property that is no key} */
    List<String> properties(Collection<String> names) {
        return new TreeSet<>(names).stream().filter(name -> {
            Matcher ours = PROPERTY.matcher(name);
            return ours.matches() && !isProperty(ours.group(1));
        }).map(name -> unknown("the system property " + name)).toList();
    }

    /**
     * Looks for keys under the prefix {@code pocketflow}, which nothing reads any more.
     *
     * @param properties of all sources. A variable is among them too, in a spelling that need not be a key
     * @return a warning for each, with the key that is read
     */
    List<String> renamed(Collection<String> properties, Collection<String> variables) {
        Set<String> spelt = variables.stream().map(SettingNames::plain).collect(Collectors.toSet());
        return Stream.concat(variables.stream(), properties.stream().filter(name -> !spelt.contains(SettingNames.plain(name))))
                .distinct().sorted().filter(name -> !SERVICE.matcher(name).matches()).map(OLD::matcher).filter(Matcher::matches)
                .map(this::renamed).flatMap(Optional::stream).toList();
    }

    private Optional<String> renamed(Matcher old) {
        boolean variable = old.group(2).startsWith("POCKETFLOW_");
        String key = (variable ? "QUARKUS_" : "quarkus.") + old.group(2);
        return (variable ? isVariable(key) : isProperty(key))
                ? Optional.of(old.group() + " is not read: the key is " + old.group(1) + key)
                : Optional.empty();
    }

    private boolean isProperty(String name) {
        return keys.stream().anyMatch(key -> key.endsWith("*") ? name.startsWith(key.substring(0, key.length() - 1))
                : name.equals(key));
    }

    private boolean isVariable(String name) {
        String plain = SettingNames.plain(name);
        return keys.stream().anyMatch(key -> isSpelling(plain, key));
    }

    private static boolean isSpelling(String plain, String key) {
        return key.endsWith("*") ? plain.startsWith(SettingNames.plain(key) + "_") : plain.equals(SettingNames.plain(key));
    }

    private static String unknown(String what) {
        return what + " is no key of PocketFlow and has no effect. src/docs/reference/configuration.md lists the keys";
    }

    /** {@return a warning for each entry that nothing refers to, and for each remote flow that cannot be reached} */
    List<String> entries(PocketFlowConfig config, Map<String, Flow> flows) {
        FreeKeys<String> addresses = addresses(config, flows.values());
        Set<String> remotes = remotes(flows.values());
        List<String> warnings = new ArrayList<>();
        addresses.entries().forEach((name, address) -> {
            boolean nested = HandOverPlanner.NESTED.equals(address);
            if (nested && !flows.containsKey(name)) {
                warnings.add(REMOTE + "." + name + " is nested, and this application has no flow '" + name + "'. Its flows are "
                        + flows.keySet());
            } else if (!nested && !remotes.contains(name)) {
                warnings.add(REMOTE + "." + name + " is used only by a run that comes from the flow '" + name
                        + "' and returns there: no RemoteFlow of this application names it. The RemoteFlows name " + remotes);
            }
        });
        config.handOver().filter(way -> way == Way.HTTP || way == Way.SQS).ifPresent(way -> remotes.stream()
                .filter(name -> addresses.get(name) == null)
                .forEach(name -> warnings.add("a RemoteFlow names the flow '" + name + "', which has no address here. Set "
                        + REMOTE + "." + name + ", or the environment variable "
                        + SettingNames.variable(REMOTE + "." + name))));
        warnings.addAll(usage(config));
        return warnings;
    }

    private List<String> usage(PocketFlowConfig config) {
        return new FreeKeys<>(USAGE, config.budget().usage(), units).unknown().stream().filter(unit -> !moreUnits)
                .map(unit -> USAGE + "." + unit + " limits nothing: nothing in this application counts the unit '" + unit
                        + "'. The units are " + new TreeSet<>(units))
                .toList();
    }

    /** {@return a warning for each key of this process that has the old prefix} */
    public List<String> renamed() {
        List<String> properties = new ArrayList<>();
        ConfigProvider.getConfig().getPropertyNames().forEach(properties::add);
        return renamed(properties, System.getenv().keySet());
    }

    /** {@return all other warnings for this process} */
    public List<String> all(PocketFlowConfig config, Map<String, Flow> flows) {
        return Stream.of(variables(System.getenv().keySet()), properties(System.getProperties().stringPropertyNames()),
                entries(config, flows)).flatMap(List::stream).toList();
    }
}
