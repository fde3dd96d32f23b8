package dev.pocketflow.quarkus.internal.envelope;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace context of a hop (<a href="https://www.w3.org/TR/trace-context/#traceparent-header">specification</a>). */
public final class Traceparent {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {
    }

    /** {@return the context if it is one; else a new one, so that the hops of a run can be told to belong together} */
    public static String of(String received) {
        if (received != null && FORM.matcher(received).matches()) {
            return received;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("00-%016x%016x-%016x-00", random.nextLong() | 1, random.nextLong(), random.nextLong() | 1);
    }

    /** {@return the same trace, as a part that the hop begins} */
    static String next(String traceparent) {
        return traceparent.substring(0, 36) + String.format("%016x", ThreadLocalRandom.current().nextLong() | 1)
                + traceparent.substring(52);
    }
}
