package dev.pocketflow.quarkus.internal.lambda;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses a media type by the header {@code Accept} (RFC 9110, section 12.5.1). */
final class MediaRanges {

    private MediaRanges() {
    }

    /**
     * {@return the offered type that the caller likes best, the earlier of two; empty if it accepts none}
     *
     * @param accept the header; null accepts everything
     */
    static Optional<String> best(String accept, List<String> offers) {
        String best = null;
        double most = 0;
        for (String offer : offers) {
            double quality = accept == null || accept.isBlank() ? 1 : quality(accept, offer);
            if (quality > most) {
                most = quality;
                best = offer;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@return the quality of a type by its most specific range; 0 if none accepts it} */
    private static double quality(String accept, String offer) {
        String kind = offer.substring(0, offer.indexOf('/')) + "/*";
        double quality = 0;
        int specific = -1;
        for (String each : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = each.split(";");
            String range = parts[0].strip();
            int match = range.equals(offer) ? 2 : range.equals(kind) ? 1 : range.equals("*/*") ? 0 : -1;
            if (match > specific) {
                specific = match;
                quality = weight(parts);
            }
        }
        return quality;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
