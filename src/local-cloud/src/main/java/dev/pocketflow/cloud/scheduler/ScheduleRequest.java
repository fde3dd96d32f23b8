package dev.pocketflow.cloud.scheduler;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.invocation.EventJson;

/** The body of a CreateSchedule call, checked as the service does. */
final class ScheduleRequest {

    static final String DEFAULT_GROUP = "default";
    static final int INPUT_BYTES = 256 * 1024;

    private static final Pattern AT = Pattern.compile("at\\((\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})\\)");
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
    private static final Pattern FUNCTION = Pattern
            .compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[a-zA-Z0-9-_:$]+");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final Pattern QUEUE = Pattern.compile("arn:aws[a-z-]*:sqs:[a-z0-9-]+:\\d{12}:[a-zA-Z0-9-_]+");

    private ScheduleRequest() {
    }

    /** @throws SchedulerException if it is not accepted */
    static Schedule schedule(String name, JsonNode body, Instant now) {
        matching(NAME, name, "name");
        if (body.has("ClientToken")) {
            matching(TOKEN, body.path("ClientToken").asText(), "clientToken");
        }
        if (!body.path("FlexibleTimeWindow").path("Mode").asText().equals("OFF")) {
            throw SchedulerException.invalid("FlexibleTimeWindow.Mode must be OFF here");
        }
        JsonNode target = body.path("Target");
        JsonNode queue = target.path("DeadLetterConfig").path("Arn");
        return new Schedule(body.path("GroupName").asText(DEFAULT_GROUP), name, at(body, now),
                matching(FUNCTION, target.path("Arn").asText(), "target.arn, a Lambda function's,"),
                matching(ROLE, target.path("RoleArn").asText(), "target.roleArn"),
                queue.isMissingNode() ? null : matching(QUEUE, queue.asText(), "target.deadLetterConfig.arn"), input(target),
                body.path("ActionAfterCompletion").asText().equals("DELETE"));
    }

    private static Instant at(JsonNode body, Instant now) {
        Matcher expression = AT.matcher(body.path("ScheduleExpression").asText());
        if (!expression.matches() || !body.path("ScheduleExpressionTimezone").asText("UTC").equals("UTC")) {
            throw SchedulerException.invalid("ScheduleExpression must be at(yyyy-mm-ddThh:mm:ss), in UTC, here");
        }
        try {
            Instant at = LocalDateTime.parse(expression.group(1)).toInstant(ZoneOffset.UTC);
            if (at.isBefore(now)) {
                throw SchedulerException.invalid("The schedule's time is in the past");
            }
            return at;
        } catch (DateTimeParseException e) {
            throw SchedulerException.invalid("ScheduleExpression has no such date");
        }
    }

    private static String input(JsonNode target) {
        String input = target.path("Input").asText();
        if (input.getBytes(StandardCharsets.UTF_8).length > INPUT_BYTES) {
            throw SchedulerException.invalid("Target.Input has more than " + INPUT_BYTES + " bytes");
        }
        if (EventJson.problem(input) != null) {
            throw SchedulerException.invalid("Target.Input must be JSON for a Lambda function");
        }
        return input;
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw SchedulerException.invalid(what + " must match " + pattern + ", was " + text);
        }
        return text;
    }
}
