package dev.pocketflow.quarkus.internal.http;

import java.util.List;

import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;

/**
 * Answers 415 and 406 on the function's paths, and 503 and 413 for requests that there is no memory for. The framework would
 * answer 500 to a content type that it cannot parse, and JSON to a caller that does not accept it.
 */
@Singleton
public class HttpRefusals {

    private static final List<MediaType> RUN = List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.SERVER_SENT_EVENTS_TYPE);
    private static final List<MediaType> STATUS = List.of(MediaType.APPLICATION_JSON_TYPE);
    private static final List<MediaType> GRAPH = List.of(MediaType.APPLICATION_JSON_TYPE,
            MediaType.valueOf(FlowGraphView.MERMAID),
            MediaType.valueOf(FlowGraphView.SCHEMA));

    private final HttpDoor door;
    private final FunctionPaths paths;

    HttpRefusals(PocketFlowBuildConfig config, HttpDoor door) {
        this.door = door;
        this.paths = FunctionPaths.of(config.http());
    }

    @ServerRequestFilter(preMatching = true)
    public Response refuse(ContainerRequestContext request) {
        if (isUsual(request)) {
            return null;
        }
        List<MediaType> offers = offers(request.getMethod(), request.getUriInfo().getPath());
        if (offers.isEmpty()) {
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
            return Problems.response(HttpAnswer.problem(event));
        }
    }

    /** {@return whether content type and offers are those of every path}. Nothing is parsed. */
    private static boolean isUsual(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        return MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.CONTENT_TYPE))
                && (accept == null || accept.equals(MediaType.WILDCARD) || accept.equals(MediaType.APPLICATION_JSON));
    }

    /** {@return what the path offers; nothing if it is none of the function's} */
    private List<MediaType> offers(String method, String path) {
        boolean flow = paths.flow(path) != null;
        if (method.equals(HttpMethod.GET) && paths.run(path) != null) {
            return STATUS;
        }
        if (method.equals(HttpMethod.POST) && (path.equals(paths.root()) || flow)) {
            return RUN;
        }
        return method.equals(HttpMethod.GET) && (path.equals(paths.graph()) || flow) ? GRAPH : List.of();
    }

    @ServerExceptionMapper
    public Response answer(Overloaded overloaded) {
        door.warn(overloaded);
        Response.ResponseBuilder response = Response.status(overloaded.status()).type("application/problem+json")
                .entity(overloaded.problem());
        return overloaded.status() == 503 ? response.header("Retry-After", Overloaded.RETRY_AFTER_SECONDS).build()
                : response.build();
    }

    private static boolean accepts(ContainerRequestContext request, List<MediaType> offers) {
        try {
            return request.getAcceptableMediaTypes().stream().anyMatch(type -> offers.stream().anyMatch(type::isCompatible));
        } catch (IllegalArgumentException e) { // no media type at all
            return false;
        }
    }
}
