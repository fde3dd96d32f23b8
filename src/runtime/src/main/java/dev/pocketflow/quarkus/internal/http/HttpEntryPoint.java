package dev.pocketflow.quarkus.internal.http;

import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;

/**
 * The function over HTTP. {@code POST} starts a run and answers its outcome, or streams the run's steps. {@code GET flow}
 * answers the graph. The build puts it at {@code quarkus.pocketflow.http.path}.
 */
@Singleton
public class HttpEntryPoint {

    private final FlowFunction function;
    private final HttpRuns runs;

    HttpEntryPoint(FlowFunction function, HttpRuns runs) {
        this.function = function;
        this.runs = runs;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> run(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security,
            @Context RoutingContext http) {
        return runs.run(function.flow(), new HttpRuns.Request(body, headers, security, http));
    }

    @POST
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    public Multi<OutboundSseEvent> stream(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security,
            @Context Sse sse, @Context RoutingContext http) {
        return runs.stream(function.flow(), new HttpRuns.Request(body, headers, security, http), sse);
    }

    @GET
    @Path("flow")
    @Produces(MediaType.APPLICATION_JSON)
    public Response graph() {
        return runs.graph(function.flow());
    }

    @GET
    @Path("flow")
    @Produces(FlowGraphView.SCHEMA + ";qs=0.5")
    public Response schema() {
        return runs.schema(function.flow());
    }

    @GET
    @Path("flow")
    @Produces(FlowGraphView.MERMAID + ";qs=0.5")
    public Response mermaid() {
        return runs.mermaid(function.flow());
    }
}
