package dev.pocketflow.cloud.invocation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An X-Amzn-Trace-Id header. Its Lineage names the functions that a chain of invocations went through, and how often each was
 * invoked again after its first time, as in {@code Lineage=1:fe460cdd:0|68fd508a:5}. (X-Ray's guide shows it without the
 * leading number. Headers of real functions have one: 1 or 2 in all examples found.)
 *
 * @param fields in the order they came, without the lineage
 * @param again by the function's id
 */
public record TraceHeader(Map<String, String> fields, Map<String, Integer> again) {

    private static final String LINEAGE = "Lineage";

    /** Parses a header. Missing parts are made up; without a header a new chain begins. */
    public static TraceHeader of(String header) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : header == null ? new String[0] : header.split(";")) {
            int sign = field.indexOf('=');
            if (sign > 0) {
                fields.put(field.substring(0, sign).trim(), field.substring(sign + 1).trim());
            }
        }
        Map<String, Integer> again = lineage(fields.remove(LINEAGE));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        fields.computeIfAbsent("Root", root -> "1-" + hex(System.currentTimeMillis() / 1000, 8) + "-"
                + hex(random.nextInt() & 0xffffffffL, 8) + hex(random.nextLong(), 16));
        fields.computeIfAbsent("Parent", parent -> hex(random.nextLong(), 16));
        fields.putIfAbsent("Sampled", "0");
        return new TraceHeader(fields, again);
    }

    /** The chain with one more invocation of a function. */
    TraceHeader into(String functionId) {
        Map<String, Integer> more = new LinkedHashMap<>(again);
        more.merge(functionId, 0, (old, first) -> old + 1);
        return new TraceHeader(fields, more);
    }

    /** The number of invocations of the function in this chain. */
    public int visits(String functionId) {
        return again.getOrDefault(functionId, -1) + 1;
    }

    /** The number of invocations in this chain. */
    public int length() {
        return again.values().stream().mapToInt(count -> count + 1).sum();
    }

    public String header() {
        StringJoiner header = new StringJoiner(";");
        fields.forEach((name, value) -> header.add(name + "=" + value));
        if (!again.isEmpty()) {
            StringJoiner entries = new StringJoiner("|", LINEAGE + "=1:", "");
            again.forEach((id, count) -> entries.add(id + ":" + count));
            header.add(entries.toString());
        }
        return header.toString();
    }

    /**
     * Parses the lineage and skips entries that are malformed. The last two parts of an entry are a function's id and a count.
     */
    private static Map<String, Integer> lineage(String text) {
        Map<String, Integer> again = new LinkedHashMap<>();
        for (String entry : text == null ? new String[0] : text.split("\\|")) {
            String[] parts = entry.split(":");
            if (parts.length > 1 && parts[parts.length - 1].matches("\\d{1,8}")) {
                again.put(parts[parts.length - 2], Integer.parseInt(parts[parts.length - 1]));
            }
        }
        return again;
    }

    private static String hex(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
