package dev.pocketflow.quarkus.internal.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries of a setting whose last part is a name of the user's, such as {@code quarkus.pocketflow.remote.*}. A name from an
 * environment variable has lost its dashes, dots and capitals. It matches the known name that it may be a spelling of.
 * Immutable.
 *
 * @param <V> the type of a value
 */
public final class FreeKeys<V> {

    private final Map<String, V> entries = new TreeMap<>();
    private final Map<String, V> plain = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();
    private final Collection<String> known;

    /**
     * Matches the configured entries with the known names.
     *
     * @param setting the prefix of the entries
     * @param configured the entries as configured
     * @param known the names that the entries may mean
     * @throws IllegalArgumentException if an entry may mean several names, or if several entries may mean one
     */
    public FreeKeys(String setting, Map<String, V> configured, Collection<String> known) {
        this.known = new TreeSet<>(known);
        Map<String, List<String>> spellings = new TreeMap<>();
        new TreeSet<>(configured.keySet())
                .forEach(name -> spellings.computeIfAbsent(SettingNames.plain(name), plain -> new ArrayList<>()).add(name));
        spellings.forEach((spelling, names) -> {
            if (!this.known.containsAll(names)) {
                entries.put(only(setting, spelling, names), configured.get(names.get(0)));
                plain.put(spelling, configured.get(names.get(0)));
            } else {
                names.forEach(name -> entries.put(name, configured.get(name)));
                if (meant(spelling).size() == 1) {
                    plain.put(spelling, configured.get(names.get(0)));
                }
            }
        });
    }

    private List<String> meant(String spelling) {
        return known.stream().filter(name -> SettingNames.plain(name).equals(spelling)).toList();
    }

    private String only(String setting, String spelling, List<String> names) {
        if (names.size() > 1) {
            throw new IllegalArgumentException(setting + " has several entries whose names are spelt alike: " + names
                    + ". Keep one of them, or give them different names");
        }
        List<String> meant = meant(spelling);
        if (meant.size() > 1) {
            throw new IllegalArgumentException(setting + "." + names.get(0) + " may mean each of " + meant
                    + ". Set " + setting + ".\"" + meant.get(0) + "\" and the others under their exact names, or rename them");
        }
        if (meant.isEmpty()) {
            unknown.add(names.get(0));
            return names.get(0);
        }
        return meant.get(0);
    }

    /** {@return the value under a name or another spelling of it; null without an entry} */
    public V get(String name) {
        V exact = entries.get(name);
        return exact != null || plain.isEmpty() ? exact : plain.get(SettingNames.plain(name));
    }

    /** {@return the entries, under their known names if they have any} */
    public Map<String, V> entries() {
        return entries;
    }

    /** {@return the names that match no known name} */
    public List<String> unknown() {
        return unknown;
    }
}
