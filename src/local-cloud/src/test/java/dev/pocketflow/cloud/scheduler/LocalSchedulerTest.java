package dev.pocketflow.cloud.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.testing.FakeTime;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.ThrottlingException;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/** The scheduler, by the SDK's client and a clock the test turns. */
class LocalSchedulerTest {

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private static final String ROLE = "arn:aws:iam::000000000000:role/scheduler";

    private final FakeTime time = new FakeTime();
    private final List<String> received = new ArrayList<>();
    private LocalScheduler scheduler;
    private SchedulerClient client;

    @BeforeEach
    void start() {
        scheduler = LocalScheduler.start(time, (function, input) -> received.add(function + " " + input));
        client = client(scheduler.endpoint());
    }

    @AfterEach
    void stop() {
        client.close();
        scheduler.close();
    }

    private static SchedulerClient client(URI endpoint) {
        return SchedulerClient.builder().endpointOverride(endpoint).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1))).build();
    }

    private static Consumer<CreateScheduleRequest.Builder> schedule(String name, String at, String input) {
        return schedule(name, at, target -> target.input(input));
    }

    private static Consumer<CreateScheduleRequest.Builder> schedule(String name, String at, Consumer<Target.Builder> target) {
        return request -> request.name(name).clientToken(name).scheduleExpression("at(" + at + ")")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .actionAfterCompletion(ActionAfterCompletion.DELETE)
                .target(each -> target.accept(each.arn(FUNCTION).roleArn(ROLE).input("{}")));
    }

    @Test
    void targetGetsItsInput_whenItsTimeHasCome_once() {
        String arn = client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{\"a\":1}")).scheduleArn();
        assertThat(arn).isEqualTo("arn:aws:scheduler:us-east-1:000000000000:schedule/default/s");
        assertThat(scheduler.schedules()).containsExactly(new Schedule("default", "s",
                time.instant().plus(Duration.ofHours(2)), FUNCTION, ROLE, null, "{\"a\":1}", true));

        time.advance(Duration.ofHours(2).minusSeconds(1));
        assertThat(received).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(received).containsExactly(FUNCTION + " {\"a\":1}");
        assertThat(scheduler.schedules()).isEmpty();

        time.advance(Duration.ofDays(1));
        assertThat(received).hasSize(1);
    }

    @Test
    void scheduleThatIsNotToBeDeleted_staysWhenItIsOver() {
        client.createSchedule(schedule("s", "2026-01-01T00:01:00", "{}").andThen(
                request -> request.actionAfterCompletion(ActionAfterCompletion.NONE)));
        time.advance(Duration.ofHours(1));

        assertThat(scheduler.schedules()).hasSize(1);
        assertThatThrownBy(() -> client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}")))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void sameCallIsOneSchedule_andAnotherOfItsNameAConflict() {
        client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}"));
        client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}"));

        assertThatThrownBy(() -> client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{\"a\":1}")))
                .isInstanceOf(ConflictException.class).hasMessageContaining("Schedule s already exists");
        time.advance(Duration.ofHours(2));
        assertThat(received).hasSize(1);
    }

    @Test
    void groupHasNamesOfItsOwn_andHasToBeThere() {
        client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}"));
        Consumer<CreateScheduleRequest.Builder> other = schedule("s", "2026-01-01T02:00:00", "{}")
                .andThen(request -> request.groupName("runs"));
        assertThatThrownBy(() -> client.createSchedule(other)).isInstanceOf(ResourceNotFoundException.class);

        scheduler.createGroup("runs");
        client.createSchedule(other);
        assertThat(scheduler.schedules()).extracting(Schedule::group).containsExactly("default", "runs");
    }

    @Test
    void callsAreThrottled_asOftenAsTold() {
        scheduler.throttle(1);
        assertThatThrownBy(() -> client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}")))
                .isInstanceOf(ThrottlingException.class);
        assertThat(scheduler.schedules()).isEmpty();

        client.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}"));
        assertThat(scheduler.schedules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "a b, 2026-01-01T02:00:00, name", "s, 2025-12-31T23:59:59, past",
            "s, 2026-01-01T02:00:00Z, ScheduleExpression",
            "s, 2026-02-30T02:00:00, no such date" })
    void callIsRefused_forANameOrATimeThatIsNone(String name, String at, String why) {
        assertThatThrownBy(() -> client.createSchedule(schedule(name, at, "{}"))).isInstanceOf(ValidationException.class)
                .hasMessageContaining(why);
        assertThat(scheduler.schedules()).isEmpty();
    }

    @Test
    void callIsRefused_forATargetThatIsNone() {
        List<Consumer<Target.Builder>> wrong = List.of(target -> target.arn("f"), target -> target.roleArn("me"),
                target -> target.input("no JSON"), target -> target.input("\"" + "x".repeat(256 * 1024 - 1) + "\""),
                target -> target.deadLetterConfig(queue -> queue.arn("arn:aws:sqs:us-east-1:000000000000:dead.fifo")));

        assertThat(wrong).allSatisfy(each -> assertThatThrownBy(
                () -> client.createSchedule(schedule("s", "2026-01-01T02:00:00", each)))
                .isInstanceOf(ValidationException.class));
        client.createSchedule(schedule("s", "2026-01-01T02:00:00", "\"" + "x".repeat(256 * 1024 - 2) + "\""));
    }

    @Test
    void placeholdersAreReplaced_asTheServiceDoes() {
        client.createSchedule(schedule("s", "2026-01-01T02:00:00",
                "[\"<aws.scheduler.scheduled-time>\",\"<aws.scheduler.schedule-arn>\",\"<aws.scheduler.attempt-number>\"]"));
        time.advance(Duration.ofHours(2));

        assertThat(received.get(0)).endsWith("[\"2026-01-01T02:00:00Z\","
                + "\"arn:aws:scheduler:us-east-1:000000000000:schedule/default/s\",\"1\"]");
    }

    @Test
    void inputThatATargetRefuses_isKept() {
        try (LocalScheduler refusing = LocalScheduler.start(time, (function, input) -> {
            throw new LambdaException(404, "ResourceNotFoundException", "Function not found");
        }); SchedulerClient other = client(refusing.endpoint())) {
            other.createSchedule(schedule("s", "2026-01-01T02:00:00", "{}"));
            time.advance(Duration.ofHours(2));

            assertThat(refusing.undelivered()).extracting(Schedule::name).containsExactly("s");
            assertThat(refusing.schedules()).isEmpty();
        }
    }

    @Test
    void functionOfTheCloudIsInvoked_byTheClockOfTheCloud() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        LocalCloud.Builder builder = LocalCloud.builder().scheduler().lambda(lambda -> lambda.time(time))
                .function("f", spec -> spec.handler((event, context) -> {
                    events.add(new String(event, StandardCharsets.UTF_8));
                    return event;
                }));
        try (LocalCloud cloud = builder.start(); SchedulerClient other = client(cloud.scheduler().endpoint())) {
            other.createSchedule(schedule("s", "2026-01-01T02:00:00", "{\"a\":1}"));
            time.advance(Duration.ofHours(2));
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("{\"a\":1}");

            other.createSchedule(schedule("s", "2026-01-01T04:00:00", "{}"));
            cloud.reset();
            time.advance(Duration.ofHours(2));
            assertThat(cloud.scheduler().schedules()).isEmpty();
            assertThat(events).isEmpty();
        }
        try (LocalCloud without = LocalCloud.builder().function("f", spec -> spec.handler((event, context) -> event)).start()) {
            assertThatThrownBy(without::scheduler).hasMessage("This cloud has no scheduler: add it with scheduler()");
        }
    }
}
