package dev.pocketflow.quarkus.internal.openapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.config.FunctionPaths;
import dev.pocketflow.quarkus.internal.contract.FlowContract;
import dev.pocketflow.quarkus.internal.contract.FlowContracts;
import dev.pocketflow.quarkus.internal.entry.FlowGraphView;
import dev.pocketflow.quarkus.internal.status.RunStatuses;

/** Writes flows as an OpenAPI document, in JSON-shaped maps. */
final class FlowApi {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String RUN = "01M8159BT9N1P4WXSA0ZT0V1QG";
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    /** The statuses that are answered with problem details: {@code src/docs/reference/errors.md}. */
    private static final Map<String, String> PROBLEMS = problems();

    private final FlowContracts contracts;
    private final boolean ignoresUnknown;
    private final ApiSchemas schemas = new ApiSchemas();
    private final Map<String, Object> paths = new LinkedHashMap<>();

    /** @param ignoresUnknown as for {@link FlowContract#accept} */
    FlowApi(FlowContracts contracts, boolean ignoresUnknown) {
        this.contracts = contracts;
        this.ignoresUnknown = ignoresUnknown;
    }

    /** Adds the flow that the application serves at its path, and the status of runs. */
    void function(String below, FunctionPaths at, Flow flow) {
        paths.put(below(below, at.root()), Map.of("post", run(flow, "run-" + flow.name())));
        paths.put(below(below, at.graph()), Map.of("get", graph(flow, "graph-" + flow.name())));
        paths.put(below(below, at.runs() + "/{run}"), Map.of("get", status()));
    }

    /** Adds flows at their names, and the list of their names. */
    void all(String below, FunctionPaths at, List<Flow> flows) {
        paths.put(below(below, at.flows()), Map.of("get", names(flows)));
        for (Flow flow : flows) {
            Map<String, Object> operations = new LinkedHashMap<>();
            operations.put("get", graph(flow, "flows-graph-" + flow.name()));
            operations.put("post", run(flow, "flows-run-" + flow.name()));
            String name = URLEncoder.encode(flow.name(), StandardCharsets.UTF_8).replace("+", "%20");
            paths.put(below(below, at.flows() + "/" + name), operations);
        }
    }

    private static String below(String below, String path) {
        return below.isEmpty() ? path : path.equals("/") ? below : below + path;
    }

    /** {@return the document} */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "flows", "version", "1"));
        document.put("paths", paths);
        document.put("components", Map.of("schemas", schemas.all()));
        return document;
    }

    private static Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        problems.put("400", "The flow does not take the input, or the body is no event");
        problems.put("403", "The seal of an envelope is missing or wrong");
        problems.put("404", "This application does not have the flow of an envelope");
        problems.put("406", "The answer is neither accepted as JSON nor as a stream");
        problems.put("409", "An envelope or a signal does not fit the state of its run");
        problems.put("410", "An envelope is expired");
        problems.put("413", "The body or an envelope is too large");
        problems.put("415", "The content type is missing, or is neither JSON nor a CloudEvent");
        problems.put("422", "Another event came under this Idempotency-Key before");
        problems.put("503", "A storage cannot be read, or the instance has no memory for the request");
        return problems;
    }

    private Map<String, Object> run(Flow flow, String id) {
        FlowContract contract = contracts.of(flow);
        Map<String, Object> operation = operation(id, flow, "Starts a run of the flow " + flow.name());
        operation.put("parameters", List.of(
                parameter("header", "Idempotency-Key", "One key is one run, if the function has a ledger",
                        TEXT),
                prefer(),
                parameter("query", "store", "The whole store, in place of what the flow gives", values("all")),
                parameter("query", "path", "The steps of the run", values("true", "false"))));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("required", true);
        body.put("description",
                "The input of a run. An envelope, a signal, a cancellation and a CloudEvent are accepted as well.");
        body.put("content", Map.of(JSON,
                media(schemas.input(flow.name(), contract, ignoresUnknown), contracts.examples(flow))));
        operation.put("requestBody", body);
        operation.put("responses", outcomes(schemas.answer(flow.name(), contract), List.of(completed(contract))));
        return operation;
    }

    private static Map<String, Object> completed(FlowContract contract) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "completed");
        answer.put("run", RUN);
        answer.put("action", "default");
        answer.put("store", contract.exampleOutput());
        return answer;
    }

    private static Map<String, Object> outcomes(Map<String, Object> answer, List<Map<String, Object>> examples) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(JSON, media(answer, examples));
        content.put("text/event-stream", Map.of("schema", TEXT));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", response("The run completed. A stream has its steps, and ends with its outcome", content));
        Map<String, Object> left = new LinkedHashMap<>(response("The run was handed over, waits for a signal, or has not ended",
                Map.of(JSON, media(ApiSchemas.shared("Left"), List.of()))));
        left.put("headers", Map.of("Location", Map.of("description", "Where the status of the run is", "schema", TEXT)));
        responses.put("202", left);
        PROBLEMS.forEach((status, text) -> responses.put(status, problem(text)));
        responses.put("500", response("The run failed, or was stopped by a limit",
                Map.of(JSON, media(ApiSchemas.shared("Failed"), List.of()))));
        return responses;
    }

    private static Map<String, Object> graph(Flow flow, String id) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(JSON, media(ApiSchemas.shared("Graph"), List.of(FlowGraphView.json(flow))));
        content.put(FlowGraphView.SCHEMA, Map.of("schema", Map.of("type", "object")));
        content.put(FlowGraphView.MERMAID, Map.of("schema", TEXT));
        return get(operation(id, flow, "The graph of the flow " + flow.name()), "The graph, the contract or a diagram",
                content);
    }

    private static Map<String, Object> names(List<Flow> flows) {
        Map<String, Object> names = Map.of("flows", Map.of("type", "array", "items", Map.of("type", "string")));
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", "flow-names");
        operation.put("summary", "The names of the flows that can be started");
        return get(operation, "The names", Map.of(JSON, media(Map.of("type", "object", "properties", names),
                List.of(Map.of("flows", flows.stream().map(Flow::name).toList())))));
    }

    private static Map<String, Object> get(Map<String, Object> operation, String text, Map<String, Object> content) {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", response(text, content));
        responses.put("406", problem("None of these media types is accepted"));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> status() {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", "status");
        operation.put("summary", "Where a run stands, if the function has a ledger");
        Map<String, Object> run = new LinkedHashMap<>(parameter("path", "run", "The name of the run", TEXT));
        run.put("required", true);
        operation.put("parameters", List.of(run, parameter("header", RunStatuses.TOKEN, "The token of the run's start", TEXT),
                prefer()));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", response("The status", Map.of(JSON, media(ApiSchemas.shared("Status"), List.of()))));
        responses.put("403", problem("The token is missing, or is of another run"));
        responses.put("404", problem("There is no ledger, or it knows no such run"));
        responses.put("503", problem("The ledger cannot be read"));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> prefer() {
        return parameter("header", "Prefer", "wait=<seconds> waits for the end of the run (RFC 7240). On POST, respond-async "
                + "does not wait for it", TEXT);
    }

    private static Map<String, Object> operation(String id, Flow flow, String summary) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id);
        operation.put("tags", List.of(flow.name()));
        operation.put("summary", summary);
        flow.description().ifPresent(text -> operation.put("description", text));
        return operation;
    }

    private static Map<String, Object> values(String... values) {
        return Map.of("type", "string", "enum", List.of(values));
    }

    private static Map<String, Object> parameter(String in, String name, String text, Map<String, Object> schema) {
        return Map.of("in", in, "name", name, "description", text, "schema", schema);
    }

    private static Map<String, Object> problem(String text) {
        return response(text, Map.of(PROBLEM, media(ApiSchemas.shared("Problem"), List.of())));
    }

    private static Map<String, Object> response(String text, Map<String, Object> content) {
        return Map.of("description", text, "content", content);
    }

    /** @param examples the whole one first, and the shortest one second, as far as there are any */
    private static Map<String, Object> media(Map<String, Object> schema, List<Map<String, Object>> examples) {
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("schema", schema);
        Map<String, Object> named = new LinkedHashMap<>();
        for (Map<String, Object> each : examples) {
            named.put(named.isEmpty() ? "complete" : "minimal", Map.of("value", each));
        }
        if (!named.isEmpty()) {
            media.put("examples", named);
        }
        return media;
    }
}
