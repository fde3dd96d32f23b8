package dev.pocketflow.quarkus.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.cloudevent.CloudEventAttributes;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.RequestContextExecutor;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import dev.pocketflow.quarkus.internal.load.LoadLimits;
import dev.pocketflow.quarkus.internal.response.AnswerView;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;

/**
 * The function over HTTP. {@code POST /} starts a run and answers its outcome, or streams the run's steps. {@code GET /flow}
 * answers the graph. Runs use threads of their own; the server's threads only receive the request.
 */
@Path("/")
@Singleton
public class HttpEntryPoint {

    /**
     * The header of a stream with the token that cancels its run. The outcome, which may hold the token too, arrives at the
     * end.
     */
    static final String CANCEL = "PocketFlow-Cancel";

    private static final String MERMAID = "text/vnd.mermaid";
    private static final String SCHEMA = "application/schema+json";
    private static final Map<String, List<MediaType>> OFFERS = Map.of(
            "POST /", List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.SERVER_SENT_EVENTS_TYPE),
            "GET /flow", List.of(MediaType.APPLICATION_JSON_TYPE, new MediaType("text", "vnd.mermaid"),
                    new MediaType("application", "schema+json")));

    private final FlowFunction function;
    private final HttpDoor door;

    HttpEntryPoint(FlowFunction function, HttpDoor door) {
        this.function = function;
        this.door = door;
    }

    /**
     * Answers 415 and 406. The framework would answer 500 to a content type that it cannot parse, and JSON to a caller that
     * does not accept it.
     */
    @ServerRequestFilter(preMatching = true)
    public Response media(ContainerRequestContext request) {
        if (isUsual(request)) {
            return null;
        }
        List<MediaType> offers = OFFERS.get(request.getMethod() + " " + request.getUriInfo().getPath());
        if (offers == null) {
            return null;
        }
        try {
            String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
            if (type != null || request.getMethod().equals(HttpMethod.POST)) {
                EventParser.contentType(type);
            }
            if (!accepts(request, offers)) {
                throw new BadEvent(406, "the answer is one of " + offers + ". Accept one of them");
            }
            return null;
        } catch (BadEvent event) {
            return refused(event);
        }
    }

    /** {@return whether content type and offers are those of every path}. Nothing is parsed. */
    private static boolean isUsual(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        return MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.CONTENT_TYPE))
                && (accept == null || accept.equals(MediaType.WILDCARD) || accept.equals(MediaType.APPLICATION_JSON));
    }

    private static boolean accepts(ContainerRequestContext request, List<MediaType> offers) {
        try {
            return request.getAcceptableMediaTypes().stream().anyMatch(type -> offers.stream().anyMatch(type::isCompatible));
        } catch (IllegalArgumentException e) { // no media type at all
            return false;
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> run(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security,
            @Context RoutingContext http) {
        Map<String, String> values = values(headers);
        String sender = sender(security);
        AnswerView.Request asks = asks(http);
        HttpShare share = door.share(http);
        long weight = HttpShare.weight(body);
        share.atLeast(weight);
        share.retain();
        // not on the server's own threads: a large body, a claim check, a ledger and an observer take time
        Executor executor = RequestContextExecutor.create();
        return CompletableFuture.supplyAsync(() -> answer(input(body, values, sender, share, weight), asks), executor)
                .thenCompose(answer -> answer)
                .whenComplete((answer, refused) -> share.release()) // the run continues after its caller has disconnected
                .thenApply(answer -> EventParser.isCloudEvent(values::get) ? cloudEvent(answer)
                        : json(answer.status(), answer.json()));
    }

    /** @param weight the weight of the body; the weight of data encoded in it is added */
    private static EntryEvent input(byte[] body, Map<String, String> values, String sender, HttpShare share, long weight) {
        return EventParser.http(body, values::get, sender, decoded -> share.atLeast(weight + HttpShare.weightOfJson(decoded)));
    }

    private CompletionStage<HopResponse> answer(EntryEvent input, AnswerView.Request asks) {
        BegunHop hop = function.begin(input, HopEngine.Caller.PLAIN.asking(asks));
        return RequestContextExecutor.mayWait() ? CompletableFuture.completedFuture(hop.start()) : hop.startAsync();
    }

    /** Blocks for the parsing only: an event must be refused before the stream begins. */
    @POST
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    public Multi<OutboundSseEvent> stream(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security,
            @Context Sse sse, @Context RoutingContext http) {
        LoadLimits load = function.load();
        HttpShare share = door.share(http);
        long weight = HttpShare.weight(body);
        share.atLeast(weight);
        EntryEvent input = input(body, values(headers), sender(security), share, weight);
        share.stream();
        StepEventStream stream = StepEventStream.of(load.stream(), load.waiting(), new HttpCaller(http), System::nanoTime,
                listener -> new StreamedRun(begin(input, listener, http), share));
        http.addEndHandler(over -> stream.cancel());
        return Multi.createFrom().publisher(stream).map(message -> event(message, sse));
    }

    private BegunHop begin(EntryEvent input, Consumer<RunEvent> listener, RoutingContext http) {
        BegunHop hop = function.begin(input, HopEngine.Caller.PLAIN.listening(listener).asking(asks(http)));
        if (hop.cancelToken() != null) {
            http.response().putHeader(CANCEL, hop.cancelToken());
        }
        return hop;
    }

    private static OutboundSseEvent event(StreamMessage message, Sse sse) {
        return message.isComment() ? sse.newEventBuilder().comment("").build()
                : sse.newEventBuilder().name(message.name()).data(new String(message.json(), StandardCharsets.UTF_8)).build();
    }

    @GET
    @Path("flow")
    @Produces(MediaType.APPLICATION_JSON)
    public Response graph() {
        return json(200, HopResponse.json(FlowGraphView.json(function.flow())));
    }

    /** {@return what a request asks for} @throws BadEvent if it cannot be had */
    private static AnswerView.Request asks(RoutingContext http) {
        return AnswerView.Request.of(http.request().getParam("store"), http.request().getParam("path"));
    }

    @GET
    @Path("flow")
    @Produces(SCHEMA + ";qs=0.5")
    public Response schema() {
        return Response.ok(HopResponse.json(function.engine().schema(function.flow())), SCHEMA).build();
    }

    @GET
    @Path("flow")
    @Produces(MERMAID + ";qs=0.5")
    public Response mermaid() {
        return Response.ok(FlowGraphView.mermaid(function.flow()), MERMAID + ";charset=UTF-8").build();
    }

    private static Response json(int status, byte[] body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
    }

    @ServerExceptionMapper
    public Response refused(BadEvent event) {
        return Response.status(event.status()).type("application/problem+json").entity(HopResponse.problem(event)).build();
    }

    @ServerExceptionMapper
    public Response refused(EnvelopeRefused envelope) {
        HopResponse answer = HopResponse.refused(envelope);
        Response.ResponseBuilder response = Response.status(answer.status()).type("application/problem+json")
                .entity(answer.json());
        return envelope.reason() == EnvelopeRefused.Reason.BUSY ? response.header("Retry-After", 5).build() : response.build();
    }

    @ServerExceptionMapper
    public Response failed(HandOverFailed claimCheck) {
        return unavailable(claimCheck);
    }

    @ServerExceptionMapper
    public Response failed(LedgerFailed ledger) {
        return unavailable(ledger);
    }

    @ServerExceptionMapper
    public Response refused(Overloaded overloaded) {
        door.warn(overloaded);
        Response.ResponseBuilder response = Response.status(overloaded.status()).type("application/problem+json")
                .entity(overloaded.problem());
        return overloaded.status() == 503 ? response.header("Retry-After", Overloaded.RETRY_AFTER_SECONDS).build()
                : response.build();
    }

    private static Response unavailable(FlowException failure) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE).type("application/problem+json")
                .entity(HopResponse.problem(503, "Service Unavailable", failure.getMessage())).build();
    }

    /** Answers a CloudEvent: a Knative broker treats an answer with a body that is not an event as a failed delivery. */
    private Response cloudEvent(HopResponse answer) {
        return Response.fromResponse(json(answer.status(), answer.json())).header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID())
                .header("ce-source", CloudEventAttributes.encoded("/" + CloudEventAttributes.segment(function.flow().name())))
                .header("ce-type", "dev.pocketflow.outcome").build();
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
        return values;
    }

    private static String sender(SecurityContext security) {
        return security == null || security.getUserPrincipal() == null ? null : security.getUserPrincipal().getName();
    }
}
