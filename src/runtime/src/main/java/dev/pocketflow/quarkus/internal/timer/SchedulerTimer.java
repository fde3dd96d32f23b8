package dev.pocketflow.quarkus.internal.timer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

import dev.pocketflow.quarkus.internal.aws.AwsClients;
import dev.pocketflow.quarkus.internal.transport.AwsDeliveryErrors;
import dev.pocketflow.quarkus.internal.transport.DeliveryErrors;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.Target;

/**
 * A one-time schedule of EventBridge Scheduler, which invokes the function with the run, at any time in the future (<a
 * href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html">CreateSchedule</a>). The schedule is
 * named after the run, the hop and the time. So a run that is handed over twice has one schedule, unless its time is
 * {@linkplain #SOON soon}.
 *
 * <p>
 * The service invokes within 60 seconds of the stated time (<a
 * href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">schedule types</a>). It refuses a time in
 * the past.
 */
public final class SchedulerTimer implements WakeUpTimer {

    /**
     * The most bytes that EventBridge accepts for an event. The Scheduler's reference (<a
     * href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html">Target</a>) names no limit for an input.
     * If the service has a lower limit, set {@code quarkus.pocketflow.envelope.limit}.
     */
    static final int LIMIT = 256 * 1024;
    /** The least time until a schedule: it covers the call and the difference of clocks. */
    private static final Duration LEAD = Duration.ofSeconds(10);
    /**
     * The time before which a run may return too early: the clock of its last schedule may be ahead of this one. That schedule
     * still has the name of the run's time, so the next one is named after the current time.
     */
    private static final Duration SOON = Duration.ofMinutes(1);
    /**
     * The beginning of a placeholder, which the service replaces anywhere in the input. Escaped, the JSON is equal and not
     * replaced.
     */
    private static final String PLACEHOLDER = "<aws.scheduler.";
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("'at('uuuu-MM-dd'T'HH:mm:ss')'")
            .withZone(ZoneOffset.UTC);

    private final ScheduleTarget target;
    private final InstantSource clock;
    private final AwsClients.Lazy<SchedulerClient> client = new AwsClients.Lazy<>(
            () -> AwsClients.configure(SchedulerClient.builder()).build());

    public SchedulerTimer(ScheduleTarget target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public void wake(EnvelopeTransport.Message message, Instant until) {
        String receiver = "group '" + target.group() + "' of EventBridge Scheduler";
        String input = new String(message.body(), UTF_8).replace(PLACEHOLDER, "\\u003c" + PLACEHOLDER.substring(1));
        DeliveryErrors.fits(message, input.getBytes(UTF_8).length, LIMIT, receiver);
        CreateScheduleRequest request = schedule(message, input, until);
        try {
            client.get().createSchedule(request);
        } catch (ConflictException e) {
            return; // the schedule exists: this run was handed over before
        } catch (SdkException e) {
            throw AwsDeliveryErrors.delivery(message, receiver, e, SchedulerTimer::wayOut);
        }
    }

    private CreateScheduleRequest schedule(EnvelopeTransport.Message message, String input, Instant until) {
        Instant now = clock.instant();
        Instant at = seconds(until.isBefore(now.plus(LEAD)) ? now.plus(LEAD) : until);
        Instant named = until.isBefore(now.plus(SOON)) ? seconds(now) : at;
        String name = message.run() + "-" + message.hop() + "-" + named.getEpochSecond();
        return CreateScheduleRequest.builder().name(name).clientToken(name).groupName(target.group())
                .scheduleExpression(AT.format(at)).scheduleExpressionTimezone("UTC")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .actionAfterCompletion(ActionAfterCompletion.DELETE).target(target(input)).build();
    }

    private Target target(String input) {
        Target.Builder function = Target.builder().arn(target.function()).roleArn(target.role()).input(input);
        if (target.deadLetterQueue() != null) {
            function.deadLetterConfig(queue -> queue.arn(target.deadLetterQueue()));
        }
        return function.build();
    }

    /** {@return the first whole second at or after the time} */
    private static Instant seconds(Instant time) {
        return time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "AccessDeniedException" -> "Allow scheduler:CreateSchedule on the group in this function's role, and "
                    + "iam:PassRole on quarkus.pocketflow.scheduler.role";
            case "ResourceNotFoundException" -> "Create the group, or name another with quarkus.pocketflow.scheduler.group";
            case "ServiceQuotaExceededException" -> "Raise the quota of schedules, then resume the run";
            case "ValidationException" ->
                "Check that scheduler.amazonaws.com may assume quarkus.pocketflow.scheduler.role, and that "
                        + "quarkus.pocketflow.scheduler.target and .dead-letter-queue exist";
            default -> null;
        };
    }
}
