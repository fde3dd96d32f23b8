package dev.pocketflow.quarkus.internal.timer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Request;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import dev.pocketflow.quarkus.internal.wiring.AwsServices;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The requests to the service, and its answers. */
class SchedulerTimerTest {

    private static final String RUN = "01K0000000000000000000RUN1";
    private static final String ROLE = "arn:aws:iam::123456789012:role/wake/scheduler";
    private static final Map<String, String> LAMBDA = Map.of("AWS_LAMBDA_FUNCTION_NAME", "approval", "AWS_REGION",
            "eu-central-1");
    private static final Reply MADE = json(200, Map.of(), "{\"ScheduleArn\":\"arn\"}");

    private final SettableClock clock = new SettableClock();
    private Reply failure;
    private RecordingServer service;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        service = new RecordingServer(request -> failure == null ? MADE : failure);
        settings = new AwsSdkSettings(service.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        service.close();
    }

    @Test
    void scheduleInvokesTheFunction_whenTheTimeHasCome_once() throws Exception {
        timer(Map.of()).wake(message("{\"hop\":3}"), clock.in(Duration.ofHours(2)));

        Request made = service.only();
        assertThat(made.method() + " " + made.target()).isEqualTo("POST /schedules/" + RUN + "-3-4102452000");
        assertThat(made.header("Authorization")).contains("/eu-central-1/scheduler/");
        assertThat(Json.MAPPER.readTree(made.body())).isEqualTo(Json.MAPPER.readTree("""
                {"ActionAfterCompletion": "DELETE", "ClientToken": "%s-3-4102452000", "GroupName": "default",
                 "FlexibleTimeWindow": {"Mode": "OFF"}, "ScheduleExpression": "at(2100-01-01T02:00:00)",
                 "ScheduleExpressionTimezone": "UTC",
                 "Target": {"Arn": "arn:aws:lambda:eu-central-1:123456789012:function:approval", "RoleArn": "%s",
                            "Input": "{\\"hop\\":3}"}}""".formatted(RUN, ROLE)));
    }

    @Test
    void timeIsRoundedUp_toTheSecond() throws Exception {
        timer(Map.of()).wake(message("{}"), clock.in(Duration.ofHours(2).plusMillis(1)));

        assertThat(sent().path("ScheduleExpression").asText()).isEqualTo("at(2100-01-01T02:00:01)");
    }

    @ParameterizedTest
    @CsvSource({ "-PT2H", "PT0S", "PT5S", "PT9.9S" })
    void timeIsMovedAhead_whenItIsPast(Duration until) throws Exception {
        timer(Map.of()).wake(message("{}"), clock.in(until));

        assertThat(sent().path("ScheduleExpression").asText()).isEqualTo("at(2100-01-01T00:00:10)");
    }

    @Test
    void configuredTargetIsInvoked_withItsDeadLetterQueueAndGroup() throws Exception {
        String function = "arn:aws-cn:lambda:cn-north-1:210987654321:function:other:live";
        timer(Map.of("target", function, "group", "runs", "dead-letter-queue", "arn:aws:sqs:eu-central-1:123456789012:dead"))
                .wake(message("{}"), clock.in(Duration.ofHours(2)));

        assertThat(sent().path("Target").path("Arn").asText()).isEqualTo(function);
        assertThat(sent().path("Target").path("DeadLetterConfig").path("Arn").asText())
                .isEqualTo("arn:aws:sqs:eu-central-1:123456789012:dead");
        assertThat(sent().path("GroupName").asText()).isEqualTo("runs");
    }

    @ParameterizedTest
    @CsvSource({ "writer:live, arn:aws:lambda:eu-central-1:123456789012:function:writer:live",
            "arn:aws:lambda:us-east-1:210987654321:function:writer, arn:aws:lambda:us-east-1:210987654321:function:writer" })
    void targetIsTheFunction_byDefault(String function, String arn) throws Exception {
        timer(Map.of("quarkus.pocketflow.lambda.function", function)).wake(message("{}"), clock.in(Duration.ofHours(2)));

        assertThat(sent().path("Target").path("Arn").asText()).isEqualTo(arn);
    }

    @Test
    void runHandedOverTwice_hasOneName() {
        timer(Map.of()).wake(message("{}"), clock.in(Duration.ofHours(2)));
        Instant until = clock.in(Duration.ofHours(2));
        clock.pass(Duration.ofMinutes(90));
        failure = error(409, "ConflictException");
        timer(Map.of()).wake(message("{}"), until);

        assertThat(service.requests).extracting(Request::target).hasSize(2).containsOnly(service.requests.get(0).target());
    }

    /** A run may return too early, by a fast clock. Its name is then still taken by the schedule that resumed it. */
    @Test
    void runThatReturnsALittleEarly_hasANewName() {
        Instant until = clock.in(Duration.ofHours(2));
        timer(Map.of()).wake(message("{}"), until);
        clock.pass(Duration.ofHours(2).minusSeconds(20));
        timer(Map.of()).wake(message("{}"), until);

        assertThat(service.requests).extracting(Request::target).doesNotHaveDuplicates();
        assertThat(service.requests).extracting(Request::text)
                .allMatch(body -> body.contains("at(2100-01-01T02:00:00)"));
    }

    @Test
    void nameIsWithinTheServicesLimit() {
        clock.pass(Duration.ofDays(80_000));
        timer(Map.of()).wake(new EnvelopeTransport.Message("w", null, RUN, Integer.MAX_VALUE, null, "{}".getBytes(UTF_8)),
                clock.in(Duration.ofDays(3650)));

        assertThat(service.only().target().substring("/schedules/".length())).hasSizeLessThanOrEqualTo(64)
                .matches("[0-9a-zA-Z-_.]+");
    }

    @Test
    void placeholdersOfTheService_areNotReplaced() throws Exception {
        String envelope = "{\"text\":\"<aws.scheduler.scheduled-time> \\\\<aws.scheduler.execution-id><b>\"}";
        timer(Map.of()).wake(message(envelope), clock.in(Duration.ofHours(2)));

        String input = sent().path("Target").path("Input").asText();
        assertThat(input).doesNotContain("<aws.scheduler").contains("<b>");
        assertThat(Json.MAPPER.readTree(input)).isEqualTo(Json.MAPPER.readTree(envelope));
    }

    @Test
    void envelopeOfTheLimitIsAccepted_andOneByteMoreIsRefused() throws Exception {
        WakeUpTimer timer = timer(Map.of());
        assertThat(timer.limit()).isEqualTo(262_144);
        timer.wake(message("\"" + "x".repeat(timer.limit() - 2) + "\""), clock.in(Duration.ofHours(2)));
        assertThat(sent().path("Target").path("Input").asText()).hasSize(timer.limit());

        assertThatThrownBy(() -> timer.wake(message("\"" + "x".repeat(timer.limit() - 1) + "\""), clock.instant()))
                .isInstanceOf(HandOverFailed.class).hasMessageContaining("its envelope has 262145 bytes, and at most 262144");
        service.only();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | ResourceNotFoundException     | 1 | Create the group, or name another with quarkus.pocketflow.scheduler.group
            403 | AccessDeniedException         | 1 | iam:PassRole on quarkus.pocketflow.scheduler.role
            402 | ServiceQuotaExceededException | 1 | Raise the quota of schedules
            400 | ValidationException           | 1 | scheduler.amazonaws.com may assume quarkus.pocketflow.scheduler.role
            429 | ThrottlingException           | 3 | throttled after the SDK's retries
            """)
    void failureNamesCodeAndCorrection_andNotTheServicesText(int status, String code, int attempts, String wayOut) {
        failure = error(status, code);

        assertThatThrownBy(() -> timer(Map.of()).wake(message("{}"), clock.in(Duration.ofHours(2))))
                .isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("run " + RUN + ", hop 3, was not accepted by group 'default' of EventBridge Scheduler: "
                        + code + " (HTTP " + status + ", request 4711). ")
                .hasMessageContaining(wayOut).hasMessageNotContaining("private");
        assertThat(service.requests).hasSize(attempts);
    }

    @Test
    void deliveryIsUnknown_afterAnErrorOfTheService() {
        failure = error(500, "InternalServerException");

        assertThatThrownBy(() -> timer(Map.of()).wake(message("{}"), clock.in(Duration.ofHours(2))))
                .isInstanceOf(HandOverFailed.class).hasMessageStartingWith("the delivery of run " + RUN);
        assertThat(service.requests).extracting(Request::text).hasSize(3).containsOnly(service.requests.get(0).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            role=                                          | quarkus.pocketflow.timer is scheduler, and quarkus.pocketflow.scheduler.role is not set: set it to the ARN of the role
            role=scheduler                                 | quarkus.pocketflow.scheduler.role must be the ARN of an IAM role, was scheduler
            target=approval                                | quarkus.pocketflow.scheduler.target must be the ARN of a Lambda function, was approval
            group=a b                                      | quarkus.pocketflow.scheduler.group must be 1 to 64 letters
            dead-letter-queue=arn:aws:sqs:eu-central-1:123456789012:d.fifo | quarkus.pocketflow.scheduler.dead-letter-queue must be the ARN of an SQS queue
            quarkus.pocketflow.lambda.function=123456789012:function:f | set quarkus.pocketflow.scheduler.target to its ARN
            """)
    void settingIsRefused_byItsName(String setting, String message) {
        String[] pair = (setting + " ").split("=", 2);

        assertThatThrownBy(() -> timer(Map.of(pair[0], pair[1].strip()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void targetIsRequired_withoutAFunction() {
        PocketFlowConfig config = config(Map.of());

        for (Map<String, String> env : List.of(Map.<String, String> of(), Map.of("AWS_LAMBDA_FUNCTION_NAME", "f"))) {
            assertThatThrownBy(() -> ScheduleTarget.of(config.scheduler(), config.lambda(), env::get))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("quarkus.pocketflow.timer is scheduler, and the function to invoke is unknown: set "
                            + "quarkus.pocketflow.scheduler.target to its ARN");
        }
    }

    private WakeUpTimer timer(Map<String, String> settings) {
        PocketFlowConfig config = config(settings);
        return AwsServices.schedulerTimer(ScheduleTarget.of(config.scheduler(), config.lambda(), LAMBDA::get), clock);
    }

    private static PocketFlowConfig config(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(Map.of("quarkus.pocketflow.scheduler.role", ROLE));
        settings.forEach((key, value) -> values.put(key.contains(".") ? key : "quarkus.pocketflow.scheduler." + key, value));
        return new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).withDefaultValues(values)
                .addDiscoveredConverters().build().getConfigMapping(PocketFlowConfig.class);
    }

    private static EnvelopeTransport.Message message(String body) {
        return new EnvelopeTransport.Message("approval", null, RUN, 3, null, body.getBytes(UTF_8));
    }

    private JsonNode sent() throws Exception {
        return Json.MAPPER.readTree(service.only().body());
    }

    private static Reply error(int status, String code) {
        return json(status, Map.of("x-amzn-ErrorType", code, "x-amzn-RequestId", "4711"), "{\"Message\":\"private\"}");
    }

    private static Reply json(int status, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return new Reply(status, all, body.getBytes(UTF_8));
    }
}
