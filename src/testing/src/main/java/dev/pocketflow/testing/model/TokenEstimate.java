package dev.pocketflow.testing.model;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An estimate of a model's tokens, good for usage figures and for the pace of a stream, not for billing: a word with the white
 * space before it, cut every 8 letters, or a single sign.
 */
final class TokenEstimate {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:[\\p{L}\\p{M}\\p{N}]{1,8}|[^\\s\\p{L}\\p{M}\\p{N}])|\\s+");

    private TokenEstimate() {
    }

    /** The text cut into tokens; joined again they are the text. */
    static List<String> split(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    static int count(String text) {
        return (int) TOKEN.matcher(text).results().count();
    }
}
