package dev.pocketflow.cloud.scheduler;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.testing.FakeTime;
import dev.pocketflow.testing.http.LoopbackServer;

/**
 * EventBridge Scheduler on 127.0.0.1, with one-time schedules that invoke Lambda functions. An AWS SDK reaches it by an
 * endpoint override, with any credentials. Thread-safe. The caller of {@code start} closes it, which deletes all schedules.
 *
 * <pre>{@code
 * FakeTime time = new FakeTime();
 * try (LocalScheduler scheduler = LocalScheduler.start(time, (function, input) -> received.add(input))) {
 *     // the code under test makes a schedule, for two hours from now
 *     time.advance(Duration.ofHours(2));
 * }
 * }</pre>
 *
 * It behaves as the service in these points: the refusals of CreateSchedule, the client's token, names that are taken, groups,
 * and the placeholders in an input. It differs in these:
 * <ul>
 * <li>A schedule fires at its second. The service fires within the minute.
 * <li>A target that refuses is not asked again. {@link #undelivered()} has its schedule; no dead-letter queue gets it.
 * <li>The API has CreateSchedule only, with {@code at(…)} in UTC and without flexible time windows.
 * </ul>
 */
public final class LocalScheduler implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LocalScheduler.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/schedules/([^/]+)");
    private static final int REQUEST_BYTES = 4 * ScheduleRequest.INPUT_BYTES;

    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> timer;
    private final BiConsumer<String, String> target;
    private final Map<String, Made> schedules = new ConcurrentSkipListMap<>();
    private final Set<String> groups = ConcurrentHashMap.newKeySet();
    private final List<Schedule> undelivered = new CopyOnWriteArrayList<>();
    private final AtomicInteger throttled = new AtomicInteger();
    private final LoopbackServer server;

    /** @param body of the call that made it */
    private record Made(Schedule schedule, JsonNode body) {
    }

    public LocalScheduler(InstantSource clock, BiConsumer<Duration, Runnable> timer, BiConsumer<String, String> target) {
        this.clock = clock;
        this.timer = timer;
        this.target = target;
        groups.add(ScheduleRequest.DEFAULT_GROUP);
        server = LoopbackServer.start(0, "scheduler", this::handle);
    }

    /**
     * Starts it with a clock that a test turns.
     *
     * @param target takes the ARN of a function and its input, on the thread that turns the clock
     */
    public static LocalScheduler start(FakeTime time, BiConsumer<String, String> target) {
        return new LocalScheduler(Objects.requireNonNull(time, "time"), time::schedule,
                Objects.requireNonNull(target, "target"));
    }

    /** The address, for {@code endpointOverride} and {@code AWS_ENDPOINT_URL_SCHEDULER}. */
    public URI endpoint() {
        return URI.create("http://" + server.authority());
    }

    /** Makes a group of schedules. The group {@code default} always exists. */
    public void createGroup(String group) {
        groups.add(Objects.requireNonNull(group, "group"));
    }

    /** The schedules that have not fired, and those that have fired and are not deleted, by group and name. */
    public List<Schedule> schedules() {
        return schedules.values().stream().map(Made::schedule).toList();
    }

    /** The schedules whose target refused its input, oldest first. */
    public List<Schedule> undelivered() {
        return List.copyOf(undelivered);
    }

    /** Refuses the next calls with {@code ThrottlingException}. */
    public void throttle(int calls) {
        throttled.set(calls);
    }

    /** Deletes all schedules, as between two tests. */
    public void clear() {
        schedules.clear();
        undelivered.clear();
        throttled.set(0);
    }

    /** Ends it. */
    @Override
    public void close() {
        server.close();
        clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        try {
            Schedule schedule = create(exchange);
            answer(exchange, 200, "ScheduleArn", arn(schedule));
        } catch (SchedulerException e) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", e.type());
            answer(exchange, e.status(), "Message", e.getMessage());
        }
    }

    private Schedule create(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        byte[] body = LoopbackServer.body(exchange, REQUEST_BYTES);
        if (!path.matches() || !exchange.getRequestMethod().equals("POST")) {
            throw new SchedulerException(404, "UnknownOperationException", "Only POST /schedules/{name} is served here");
        }
        if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new SchedulerException(429, "ThrottlingException", "Rate exceeded");
        }
        JsonNode request = JSON.readTree(body == null ? new byte[0] : body);
        Schedule schedule = ScheduleRequest.schedule(path.group(1), request, clock.instant());
        if (!groups.contains(schedule.group())) {
            throw new SchedulerException(404, "ResourceNotFoundException",
                    "Schedule group " + schedule.group() + " does not exist.");
        }
        Made made = new Made(schedule, request);
        Made before = schedules.putIfAbsent(id(schedule), made);
        if (before == null) {
            timer.accept(Duration.between(clock.instant(), schedule.at()), () -> fire(made));
        } else if (!request.has("ClientToken") || !before.body.equals(request)) {
            throw new SchedulerException(409, "ConflictException", "Schedule " + schedule.name() + " already exists.");
        }
        return schedule;
    }

    private void fire(Made made) {
        Schedule schedule = made.schedule;
        if (schedules.get(id(schedule)) != made) {
            return;
        }
        try {
            target.accept(schedule.target(), input(schedule));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} refuses what schedule {1} has for it: {2}", schedule.target(), schedule.name(),
                    e.getMessage());
            undelivered.add(schedule);
        } finally {
            if (schedule.deleted()) { // when all is done, so for a while it is there and over
                schedules.remove(id(schedule), made);
            }
        }
    }

    /**
     * The input as the target receives it (<a
     * href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html">context
     * attributes</a>).
     */
    private static String input(Schedule schedule) {
        return schedule.input().replace("<aws.scheduler.schedule-arn>", arn(schedule))
                .replace("<aws.scheduler.scheduled-time>", schedule.at().truncatedTo(ChronoUnit.SECONDS).toString())
                .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString().substring(0, 16))
                .replace("<aws.scheduler.attempt-number>", "1");
    }

    private static String id(Schedule schedule) {
        return schedule.group() + "/" + schedule.name();
    }

    private static String arn(Schedule schedule) {
        return "arn:aws:scheduler:us-east-1:000000000000:schedule/" + id(schedule);
    }

    private static void answer(HttpExchange exchange, int status, String name, String value) throws IOException {
        LoopbackServer.answer(exchange, status, "application/json",
                JsonNodeFactory.instance.objectNode().put(name, value).toString().getBytes(StandardCharsets.UTF_8));
    }
}
