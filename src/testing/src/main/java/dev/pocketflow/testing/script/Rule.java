package dev.pocketflow.testing.script;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule of a script.
 *
 * @param times how often it answers; {@link Integer#MAX_VALUE} for always
 * @param tokensPerSecond the pace of a streamed answer; 0 for no limit
 */
public record Rule(int number, List<Condition> when, int times, Duration delay, double tokensPerSecond, Reply reply) {

    /** The matches of the conditions; null if one of them does not match. */
    Template match(ChatRequest request) {
        List<String> groups = List.of();
        for (Condition condition : when) {
            List<String> found = condition.match(request);
            if (found == null) {
                return null;
            }
            groups = groups.isEmpty() ? found : groups;
        }
        return new Template(groups, request.user(), request.toolResult());
    }

    String describe() {
        return when.isEmpty() ? "always" : when.stream().map(Condition::toString).collect(Collectors.joining(" and "));
    }
}
