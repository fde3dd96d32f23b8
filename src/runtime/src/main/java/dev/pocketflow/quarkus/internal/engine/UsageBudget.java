package dev.pocketflow.quarkus.internal.engine;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.internal.settings.SettingNames;

/** Tells before each step whether a run has used as much as it may. Thread-safe. */
final class UsageBudget implements Supplier<String> {

    private final Map<String, Double> limits;
    private final Supplier<Map<String, Double>> used;

    /**
     * @param limits by unit
     * @param used by the run so far, in all its hops, by unit
     */
    UsageBudget(Map<String, Double> limits, Supplier<Map<String, Double>> used) {
        this.limits = new TreeMap<>(limits); // the message names the same limit each time
        this.used = used;
    }

    /** {@return why the run is to stop here; null if it may continue} */
    @Override
    public String get() {
        Map<String, Double> usage = used.get();
        for (Map.Entry<String, Double> limit : limits.entrySet()) {
            String unit = usage.containsKey(limit.getKey()) ? limit.getKey() : counted(usage, limit.getKey());
            double amount = usage.getOrDefault(unit, 0.0);
            if (amount >= limit.getValue()) {
                return "because it has used " + number(amount) + " " + unit + ", and may use "
                        + number(limit.getValue()) + ". To resume it, raise quarkus.pocketflow.budget.usage." + limit.getKey();
            }
        }
        return null;
    }

    /** {@return the unit of a limit that an environment variable names; of several spellings, the one used most} */
    private static String counted(Map<String, Double> usage, String limit) {
        String plain = SettingNames.plain(limit);
        String unit = limit;
        for (String each : usage.keySet()) {
            if (SettingNames.plain(each).equals(plain) && usage.get(each) >= usage.getOrDefault(unit, 0.0)) {
                unit = each;
            }
        }
        return unit;
    }

    private static String number(double amount) {
        return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(amount);
    }
}
