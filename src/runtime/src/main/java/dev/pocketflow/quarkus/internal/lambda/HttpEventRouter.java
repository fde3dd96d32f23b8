package dev.pocketflow.quarkus.internal.lambda;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import dev.pocketflow.quarkus.internal.response.AnswerView;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;
import dev.pocketflow.quarkus.internal.status.RunStatuses;

/** Answers HTTP events as the function's HTTP server would, except for streams. */
@Singleton
public class HttpEventRouter {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.lambda");
    private static final String JSON = "application/json";
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final FlowFunction function;
    private final FunctionPaths paths;
    private final boolean enabled;

    HttpEventRouter(FlowFunction function, PocketFlowBuildConfig config) {
        this.function = function;
        this.paths = FunctionPaths.of(config.http());
        this.enabled = config.http().enabled();
    }

    /** {@return the answer to an HTTP event; null if the event is none} */
    byte[] answer(byte[] event, Supplier<Duration> left) {
        try {
            HttpEvent request = HttpEvent.of(event);
            return request == null ? null : HttpEventAnswer.of(request.form(), answer(request, left));
        } catch (HttpEvent.Malformed malformed) {
            return HttpEventAnswer.of(malformed.form, HttpAnswer.problem(400, "Bad Request", "the event has members of an HTTP "
                    + "event, but not the form of one. If it is a start event, set quarkus.pocketflow.lambda.input=event"));
        }
    }

    /** {@return the answer; a failed run is answered 500, and a request that begins no run with its problem} */
    private HttpAnswer answer(HttpEvent request, Supplier<Duration> left) {
        try {
            return route(request, left);
        } catch (RuntimeException refused) {
            try {
                return HttpAnswer.problem(refused);
            } catch (RuntimeException e) {
                LOG.errorf(e, "a request failed");
                return HttpAnswer.problem(500, "Internal Server Error", "the request failed: " + e.getClass().getName());
            }
        }
    }

    private HttpAnswer route(HttpEvent request, Supplier<Duration> left) {
        String path = request.path().length() > 1 && request.path().endsWith("/")
                ? request.path().substring(0, request.path().length() - 1)
                : request.path();
        if (!enabled) {
            return HttpAnswer.problem(404, "Not Found", "this function has no HTTP: quarkus.pocketflow.http.enabled is false");
        } else if (isHealthCheck(request)) {
            return HttpAnswer.of(200, JSON, "{\"status\":\"UP\"}".getBytes(StandardCharsets.US_ASCII));
        } else if (path.equals(paths.root())) {
            return request.method().equals("POST") ? run(function.flow(), request, left) : notAllowed("POST");
        } else if (path.equals(paths.graph())) {
            return isRead(request) ? graph(function.flow(), request) : notAllowed("GET, HEAD");
        } else if (paths.all() && path.equals(paths.flows())) {
            return isRead(request) ? HttpAnswer.of(200, JSON, HopResponse.json(Map.of("flows", function.startable())))
                    : notAllowed("GET, HEAD");
        } else if (paths.run(path) != null) {
            return isRead(request) ? status(decoded(paths.run(path)), request, left) : notAllowed("GET, HEAD");
        } else if (paths.flow(path) != null) {
            return named(decoded(paths.flow(path)), request, left);
        }
        return HttpAnswer.problem(404, "Not Found", "there is nothing at this path. POST " + paths.root()
                + " starts a run, and GET " + paths.graph() + " shows the graph");
    }

    /** A load balancer asks by {@code GET}, and names itself. */
    private static boolean isHealthCheck(HttpEvent request) {
        boolean balancer = request.form() == HttpEvent.Form.ALB || request.form() == HttpEvent.Form.ALB_MULTI;
        String agent = balancer ? request.header("User-Agent") : null;
        return agent != null && agent.startsWith("ELB-HealthChecker/") && isRead(request);
    }

    private static boolean isRead(HttpEvent request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static HttpAnswer notAllowed(String methods) {
        return HttpAnswer.problem(405, "Method Not Allowed", "this path takes " + methods).with("Allow", methods);
    }

    private HttpAnswer named(String name, HttpEvent request, Supplier<Duration> left) {
        if (!function.startable().contains(name)) {
            return HttpAnswer.noFlow(name, function.startable());
        }
        Flow flow = function.flows().get(name);
        if (isRead(request)) {
            return graph(flow, request);
        }
        return request.method().equals("POST") ? run(flow, request, left) : notAllowed("GET, HEAD, POST");
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadEvent(400, "the path has a percent sign that encodes nothing");
        }
    }

    private HttpAnswer run(Flow flow, HttpEvent request, Supplier<Duration> left) {
        EventParser.contentType(request.header("Content-Type"));
        accepted(request, List.of(JSON));
        if (request.body() == null) {
            throw new BadEvent(400, "the body is not Base64, and the event says that it is");
        }
        EntryEvent input = EventParser.http(request.body(), request::header, request.sender());
        HopResponse outcome = function.begin(input, flow, HopEngine.Caller.PLAIN.within(left)
                .asking(AnswerView.Request.of(request.query().get("store"), request.query().get("path")))).start();
        Optional<Duration> wait = wait(request, left); // a run cannot continue here when the function has answered
        HopResponse end = wait.isEmpty() ? outcome
                : function.statuses().follow(outcome, wait.get()).toCompletableFuture().join();
        HttpAnswer answer = EventParser.isCloudEvent(request::header) ? HttpAnswer.cloudEvent(flow.name(), end)
                : HttpAnswer.of(end);
        return end.status() == 202 && function.statuses().reader().canTell()
                ? answer.with("Location", paths.status(request.sent(), end.run()))
                : answer;
    }

    /** {@return the time for which to wait for the end of a run} The answer must leave before the function is stopped. */
    private Optional<Duration> wait(HttpEvent request, Supplier<Duration> left) {
        return function.statuses().wait(request.header("Prefer")).map(wait -> {
            Duration most = left.get().minus(MARGIN);
            return most.isNegative() ? Duration.ZERO : wait.compareTo(most) < 0 ? wait : most;
        });
    }

    private HttpAnswer status(String run, HttpEvent request, Supplier<Duration> left) {
        accepted(request, List.of(JSON));
        RunStatuses.Query query = new RunStatuses.Query(run, request.header(RunStatuses.TOKEN), request.sender() != null,
                wait(request, left).orElse(Duration.ZERO));
        return function.statuses().answer(query).toCompletableFuture().join();
    }

    private HttpAnswer graph(Flow flow, HttpEvent request) {
        return switch (accepted(request, List.of(JSON, FlowGraphView.MERMAID, FlowGraphView.SCHEMA))) {
            case FlowGraphView.MERMAID -> HttpAnswer.of(200, FlowGraphView.MERMAID + ";charset=UTF-8",
                    FlowGraphView.mermaid(flow).getBytes(StandardCharsets.UTF_8));
            case FlowGraphView.SCHEMA ->
                HttpAnswer.of(200, FlowGraphView.SCHEMA, HopResponse.json(function.engine().schema(flow)));
            default -> HttpAnswer.of(200, JSON, HopResponse.json(FlowGraphView.json(flow)));
        };
    }

    private static String accepted(HttpEvent request, List<String> offers) {
        return MediaRanges.best(String.join(",", request.headers().getOrDefault("accept", List.of())), offers)
                .orElseThrow(() -> new BadEvent(406, "the answer is one of " + offers + ". Accept one of them"));
    }
}
