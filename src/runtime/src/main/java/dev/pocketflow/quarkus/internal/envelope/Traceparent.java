package dev.pocketflow.quarkus.internal.envelope;

import java.util.UUID;
import java.util.regex.Pattern;

/** The W3C trace context of a hop (<a href="https://www.w3.org/TR/trace-context/#traceparent-header">specification</a>). */
public final class Traceparent {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {
    }

    /** {@return the context if it is valid; else a new one, which all hops of the run share} */
    public static String of(String received) {
        if (received != null && FORM.matcher(received).matches()) {
            return received;
        }
        UUID trace = UUID.randomUUID();
        return String.format("00-%016x%016x-%s-00", trace.getMostSignificantBits(), trace.getLeastSignificantBits(), span());
    }

    /** {@return the id of a span} Processes that are restored from one snapshot make different ones, and different traces. */
    private static String span() {
        return String.format("%016x", UUID.randomUUID().getLeastSignificantBits()); // its variant makes it no zero
    }

    /** {@return the same trace with a new span} */
    static String next(String traceparent) {
        return traceparent.substring(0, 36) + span() + traceparent.substring(52);
    }
}
