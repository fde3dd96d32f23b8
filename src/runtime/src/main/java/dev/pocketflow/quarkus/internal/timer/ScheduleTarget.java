package dev.pocketflow.quarkus.internal.timer;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.config.HandOverConfig;

/**
 * The target of a schedule.
 *
 * @param function the ARN of the function to invoke
 * @param role the ARN of the role that lets the service invoke it
 * @param group the group of the schedules
 * @param deadLetterQueue the ARN of a queue; null without one
 */
public record ScheduleTarget(String function, String role, String group, String deadLetterQueue) {

    private static final String PARTITION = "arn:(aws[a-z-]*):";
    private static final Pattern ROLE = Pattern.compile(PARTITION + "iam::(\\d{12}):role/[\\w+=,.@/-]+");
    private static final Pattern FUNCTION = Pattern
            .compile(PARTITION + "lambda:[a-z0-9-]+:\\d{12}:function:[\\w-]+(:[\\w$-]+)?");
    private static final Pattern NAME = Pattern.compile("[\\w-]+(:[\\w$-]+)?");
    private static final Pattern QUEUE = Pattern.compile(PARTITION + "sqs:[a-z0-9-]+:\\d{12}:[\\w-]+");
    private static final Pattern GROUP = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");

    /**
     * {@return the target as configured}
     *
     * @param env gives an environment variable, or null
     * @throws IllegalArgumentException if the target is not valid; the message names the key
     */
    public static ScheduleTarget of(HandOverConfig.Scheduler config, HandOverConfig.Lambda function,
            UnaryOperator<String> env) {
        String role = config.role().orElseThrow(() -> new IllegalArgumentException("quarkus.pocketflow.timer is scheduler, and "
                + "quarkus.pocketflow.scheduler.role is not set: set it to the ARN of the role that lets the Scheduler invoke "
                + "the function"));
        Matcher account = matching(ROLE, role, "role", "the ARN of an IAM role");
        String target = config.target().orElseGet(() -> arn(function.function(), account, env));
        matching(FUNCTION, target, "target", "the ARN of a Lambda function");
        matching(GROUP, config.group(), "group", "1 to 64 letters, digits, and - _ .");
        config.deadLetterQueue().ifPresent(
                queue -> matching(QUEUE, queue, "dead-letter-queue", "the ARN of an SQS queue that is not a FIFO queue"));
        return new ScheduleTarget(target, role, config.group(), config.deadLetterQueue().orElse(null));
    }

    /**
     * {@return the function's ARN}. Lambda tells a function its name and region. The account is the role's, because a role
     * cannot be passed to another account.
     */
    private static String arn(Optional<String> configured, Matcher role, UnaryOperator<String> env) {
        String name = configured.orElse(env.apply("AWS_LAMBDA_FUNCTION_NAME"));
        if (name != null && name.startsWith("arn:")) {
            return name;
        }
        String region = env.apply("AWS_REGION");
        if (name == null || region == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "quarkus.pocketflow.timer is scheduler, and the function to invoke is unknown: set "
                            + "quarkus.pocketflow.scheduler.target to its ARN");
        }
        return "arn:" + role.group(1) + ":lambda:" + region + ":" + role.group(2) + ":function:" + name;
    }

    private static Matcher matching(Pattern pattern, String value, String key, String what) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("quarkus.pocketflow.scheduler." + key + " must be " + what + ", was " + value);
        }
        return matcher;
    }
}
