package dev.pocketflow.quarkus.internal.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import dev.pocketflow.Flow;
import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.RequestContextExecutor;
import dev.pocketflow.quarkus.internal.entry.DetachedRun;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import dev.pocketflow.quarkus.internal.load.LoadLimits;
import dev.pocketflow.quarkus.internal.response.AnswerView;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;
import dev.pocketflow.quarkus.internal.status.RunStatuses;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;

/** Runs the events of requests. Runs use threads of their own; the server's threads only receive the request. */
@Singleton
public class HttpRuns {

    /**
     * The header of a stream with the token that cancels its run. The outcome, which may hold the token too, arrives at the
     * end.
     */
    static final String CANCEL = RunStatuses.TOKEN;
    private static final String PREFER = "Prefer";

    private final FlowFunction function;
    private final HttpDoor door;
    private final FunctionPaths paths;

    HttpRuns(FlowFunction function, HttpDoor door, PocketFlowBuildConfig config) {
        this.function = function;
        this.door = door;
        this.paths = FunctionPaths.of(config.http());
    }

    /** A request, as the framework gives it. */
    record Request(byte[] body, HttpHeaders headers, SecurityContext security, RoutingContext http) {
    }

    /** @param flow the flow of which the request starts a run */
    CompletionStage<Response> run(Flow flow, Request request) {
        Map<String, String> values = values(request.headers());
        String sender = sender(request.security());
        HopEngine.Caller caller = HopEngine.Caller.PLAIN.asking(asks(request.http()));
        HttpShare share = door.share(request.http());
        long weight = HttpShare.weight(request.body());
        share.atLeast(weight);
        share.retain();
        // not on the server's own threads: a large body, a claim check, a ledger and an observer take time
        Executor executor = RequestContextExecutor.create();
        Optional<Duration> wait = function.statuses().wait(values.get(PREFER));
        String path = request.http().normalizedPath();
        return CompletableFuture
                .supplyAsync(() -> {
                    EntryEvent input = input(request.body(), values, sender, share, weight);
                    return wait.isEmpty() ? answer(input, flow, caller) : answer(input, flow, caller, share, wait.get());
                }, executor)
                .thenCompose(answer -> answer)
                .whenComplete((answer, refused) -> share.release()) // the run continues after its caller has disconnected
                .thenApply(answer -> Problems.response(located(path, EventParser.isCloudEvent(values::get)
                        ? HttpAnswer.cloudEvent(flow.name(), answer)
                        : HttpAnswer.of(answer), answer)));
    }

    /** {@return the answer with the path of the run's status, if the run has not ended} */
    private HttpAnswer located(String path, HttpAnswer answer, HopResponse outcome) {
        return outcome.status() == 202 && function.statuses().reader().canTell()
                ? answer.with(HttpHeaders.LOCATION, paths.status(path, outcome.run()))
                : answer;
    }

    /** Runs on other threads, and answers when the run has ended, wherever it did, or the time is up. */
    private CompletionStage<HopResponse> answer(EntryEvent input, Flow flow, HopEngine.Caller caller, HttpShare share,
            Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        DetachedRun run = DetachedRun.start(() -> function.begin(input, flow, caller));
        share.retain();
        run.answer().whenComplete((answer, refused) -> share.release());
        HopResponse early = HopResponse.detached(run.hop().run(), flow.name(), run.hop().cancelToken());
        return run.answer().copy().completeOnTimeout(early, wait.toNanos(), TimeUnit.NANOSECONDS)
                .thenCompose(answer -> function.statuses().follow(answer, Duration.ofNanos(end - System.nanoTime())));
    }

    /** Answers the status of a run. */
    CompletionStage<Response> status(String run, HttpHeaders headers, SecurityContext security) {
        Duration wait = function.statuses().wait(headers.getHeaderString(PREFER)).orElse(Duration.ZERO);
        RunStatuses.Query query = new RunStatuses.Query(run, headers.getHeaderString(RunStatuses.TOKEN),
                sender(security) != null, wait);
        return CompletableFuture.supplyAsync(() -> function.statuses().answer(query), RequestContextExecutor.create())
                .thenCompose(answer -> answer).thenApply(Problems::response);
    }

    /** @param weight the weight of the body; the weight of data encoded in it is added */
    private static EntryEvent input(byte[] body, Map<String, String> values, String sender, HttpShare share, long weight) {
        return EventParser.http(body, values::get, sender, decoded -> share.atLeast(weight + HttpShare.weightOfJson(decoded)));
    }

    private CompletionStage<HopResponse> answer(EntryEvent input, Flow flow, HopEngine.Caller caller) {
        BegunHop hop = function.begin(input, flow, caller);
        return RequestContextExecutor.mayWait() ? CompletableFuture.completedFuture(hop.start()) : hop.startAsync();
    }

    /** Parses the event before the stream begins: it must be refused before. */
    Multi<OutboundSseEvent> stream(Flow flow, Request request, Sse sse) {
        RoutingContext http = request.http();
        LoadLimits load = function.load();
        HttpShare share = door.share(http);
        long weight = HttpShare.weight(request.body());
        share.atLeast(weight);
        EntryEvent input = input(request.body(), values(request.headers()), sender(request.security()), share, weight);
        share.stream();
        StepEventStream stream = StepEventStream.of(load.stream(), load.waiting(), new HttpCaller(http), System::nanoTime,
                listener -> new StreamedRun(begin(input, flow, listener, http), share));
        http.addEndHandler(over -> stream.cancel());
        return Multi.createFrom().publisher(stream).map(message -> event(message, sse));
    }

    private BegunHop begin(EntryEvent input, Flow flow, Consumer<RunEvent> listener, RoutingContext http) {
        BegunHop hop = function.begin(input, flow,
                HopEngine.Caller.PLAIN.listening(listener).asking(asks(http)));
        if (hop.cancelToken() != null) {
            http.response().putHeader(CANCEL, hop.cancelToken());
        }
        return hop;
    }

    private static OutboundSseEvent event(StreamMessage message, Sse sse) {
        return message.isComment() ? sse.newEventBuilder().comment("").build()
                : sse.newEventBuilder().name(message.name()).data(new String(message.json(), StandardCharsets.UTF_8)).build();
    }

    /** {@return what a request asks for} @throws BadEvent if it cannot be had */
    private static AnswerView.Request asks(RoutingContext http) {
        return AnswerView.Request.of(http.request().getParam("store"), http.request().getParam("path"));
    }

    Response graph(Flow flow) {
        return Response.ok(HopResponse.json(FlowGraphView.json(flow)), MediaType.APPLICATION_JSON_TYPE).build();
    }

    Response schema(Flow flow) {
        return Response.ok(HopResponse.json(function.engine().schema(flow)), FlowGraphView.SCHEMA).build();
    }

    Response mermaid(Flow flow) {
        return Response.ok(FlowGraphView.mermaid(flow), FlowGraphView.MERMAID + ";charset=UTF-8").build();
    }

    /**
     * {@return the headers, which only the request's thread can read}
     *
     * @throws BadEvent if a header that identifies the event is repeated
     */
    private static Map<String, String> values(HttpHeaders headers) {
        Map<String, String> values = new HashMap<>();
        for (String name : EventParser.HEADERS) {
            List<String> all = headers.getRequestHeader(name);
            if (all != null && all.size() > 1 && !name.equals("traceparent")) {
                throw new BadEvent(400, "the header " + name + " comes " + all.size() + " times. Send it once");
            }
            String value = all == null || all.isEmpty() ? null : headers.getHeaderString(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        values.put(PREFER, headers.getHeaderString(PREFER));
        return values;
    }

    private static String sender(SecurityContext security) {
        return security == null || security.getUserPrincipal() == null ? null : security.getUserPrincipal().getName();
    }
}
