package dev.pocketflow.testing.eval.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;

/** Looks for texts and regular expressions in the output. Thread-safe. */
final class Contains implements Scorer {

    private static final Pattern REGEX = Pattern.compile("/(.*)/([is]*)", Pattern.DOTALL);

    @Override
    public Score score(JsonNode expected, Answered answered) {
        Optional<String> text = new Form(expected).scored(answered);
        if (text.isEmpty()) {
            return new Form(expected).nothing();
        }
        List<String> wanted = wanted(expected);
        List<String> missing = new ArrayList<>();
        for (String each : wanted) {
            if (!pattern(each).matcher(text.get()).find()) {
                missing.add(each);
            }
        }
        double found = (wanted.size() - missing.size()) / (double) wanted.size();
        return missing.isEmpty() ? Score.pass("all texts found") : new Score(found, false, "missing: " + missing);
    }

    @Override
    public void check(JsonNode expected) {
        wanted(expected).forEach(Contains::pattern);
    }

    private static List<String> wanted(JsonNode expected) {
        return Form.texts(expected.isObject() ? new Form(expected).only("text", "in").json().path("text") : expected);
    }

    /** A text between slashes is a regular expression, with the flags i (ignores case) and s (the dot matches line ends). */
    private static Pattern pattern(String text) {
        Matcher regex = REGEX.matcher(text);
        if (!regex.matches()) {
            return Pattern.compile(text, Pattern.LITERAL);
        }
        int flags = (regex.group(2).contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                | (regex.group(2).contains("s") ? Pattern.DOTALL : 0);
        try {
            return Pattern.compile(regex.group(1), flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("has a wrong regular expression: " + e.getMessage(), e);
        }
    }
}
