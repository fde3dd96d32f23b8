package dev.pocketflow.testing.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a rule's {@code when}: a text of the request contains a substring, or matches a regular expression. */
public record Condition(Subject subject, String expected, Pattern regex) {

    /** The number of characters that a regular expression sees. Backtracking over megabytes would take hours. */
    static final int SEARCHED = 10_000;

    /** The part of a request that a condition looks at, with its key in a script. */
    enum Subject {
        USER("user", request -> List.of(request.user())),
        SYSTEM("system", request -> List.of(request.system())),
        ANY("any", ChatRequest::texts),
        TOOL_RESULT("tool-result", request -> List.of(request.toolResult())),
        TOOL("tool", ChatRequest::tools),
        MODEL("model", request -> List.of(request.model()));

        final String key;
        private final Function<ChatRequest, List<String>> texts;

        Subject(String key, Function<ChatRequest, List<String>> texts) {
            this.key = key;
            this.texts = texts;
        }

        /** Names are compared whole, texts searched. */
        boolean isName() {
            return this == TOOL || this == MODEL;
        }
    }

    /** The groups of the first match, the whole match first; empty when it was found without a regex; null when it was not. */
    List<String> match(ChatRequest request) {
        for (String text : subject.texts.apply(request)) {
            if (regex == null) {
                if (subject.isName() ? text.equals(expected) : text.contains(expected) && !text.isEmpty()) {
                    return List.of();
                }
            } else {
                Matcher matcher = regex.matcher(text.substring(0, Math.min(text.length(), SEARCHED)));
                if (!text.isEmpty() && matcher.find()) {
                    return groups(matcher);
                }
            }
        }
        return null;
    }

    int groupCount() {
        return regex == null ? 0 : regex.matcher("").groupCount() + 1;
    }

    @Override
    public String toString() {
        return subject.key + (regex == null ? " \"" + expected + "\"" : " /" + regex + "/");
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i) == null ? "" : matcher.group(i));
        }
        return List.copyOf(groups);
    }
}
