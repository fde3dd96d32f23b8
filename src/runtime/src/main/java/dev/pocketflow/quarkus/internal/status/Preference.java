package dev.pocketflow.quarkus.internal.status;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Prefer} (<a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>). */
public final class Preference {

    /** A preference, its value, and its parameters, which none of ours has. It never looks back: a header may be long. */
    private static final Pattern EACH = Pattern
            .compile("[\\s,]*+([^\\s=,;\"]++)\\s*+(?:=\\s*+(\"[^\"]*+\"|[^\\s,;\"]*+))?+\\s*+"
                    + "(?:;(?:[^,\"]++|\"[^\"]*+\")*+)?+(?:,|$)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private Preference() {
    }

    /**
     * {@return the time for which the caller wants to wait for an outcome; empty if it does not say} {@code respond-async}
     * alone is no time. What is not understood is ignored (section 2).
     *
     * @param header null without one
     */
    public static Optional<Duration> wait(String header) {
        boolean async = false;
        Matcher each = EACH.matcher(header == null ? "" : header);
        while (each.lookingAt() && each.end() > each.start()) {
            String name = each.group(1).toLowerCase(Locale.ROOT);
            String value = each.group(2) == null ? "" : each.group(2).replace("\"", "");
            if (name.equals("wait") && SECONDS.matcher(value).matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            async |= name.equals("respond-async");
            each.region(each.end(), header.length());
        }
        return async ? Optional.of(Duration.ZERO) : Optional.empty();
    }
}
