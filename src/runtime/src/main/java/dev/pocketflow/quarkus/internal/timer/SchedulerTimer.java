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
 * A one-time schedule of EventBridge Scheduler, which invokes the function with the run
 * (<a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html">CreateSchedule</a>), however far
 * off. It is called after the run, the hop and the time, so that one that is handed over twice has one schedule, unless that is
 * {@linkplain #SOON soon}.
 *
 * <p>
 * The service invokes within 60 seconds of the time that is said
 * (<a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">schedule types</a>), and refuses one
 * that is past.
 */
public final class SchedulerTimer implements WakeUpTimer {

    /**
     * What EventBridge takes of an event. Of an input, the Scheduler's reference
     * (<a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html">Target</a>) names no limit; should
     * the service have a lower one, {@code quarkus.pocketflow.envelope.limit} is for that.
     */
    static final int LIMIT = 256 * 1024;
    /** What the call may take, and clocks differ. */
    private static final Duration LEAD = Duration.ofSeconds(10);
    /**
     * Who comes back so shortly before its time may come from a schedule that is over and has the name yet, by a clock that is
     * ahead of this one: its next schedule is called after the moment.
     */
    private static final Duration SOON = Duration.ofMinutes(1);
    /** How a placeholder begins, which the service replaces wherever it stands; escaped, the JSON is the same. */
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
            return; // it is there: this run was handed over before
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

    /** {@return the first whole second that is not before} */
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
                "See that scheduler.amazonaws.com may assume quarkus.pocketflow.scheduler.role, and that "
                        + "quarkus.pocketflow.scheduler.target and .dead-letter-queue are there";
            default -> null;
        };
    }
}
