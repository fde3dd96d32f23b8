package dev.pocketflow.quarkus.deployment.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.quarkus.deployment.app.LambdaHandler;

/** A way by which a request reaches the function. The events of Lambda are AWS's own types. */
enum Door {
    SERVER,
    V2,
    V2_BASE64,
    V1,
    V1_MULTI,
    ALB,
    ALB_MULTI;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request. The path may have a query. */
    record Request(String method, String path, Map<String, String> headers, String body) {
        Request(String method, String path, String body, String... headers) {
            this(method, path, new HashMap<>(), body);
            for (int i = 0; i < headers.length; i += 2) {
                this.headers.put(headers[i], headers[i + 1]);
            }
        }
    }

    /** An answer. The names of headers are in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() throws Exception {
            return JSON.readTree(body);
        }
    }

    Answer ask(URI server, Request request) throws Exception {
        if (this == SERVER) {
            return serve(server, request);
        }
        JsonNode answer = JSON.readTree(LambdaHandler.handle(60_000, event(request)));
        if (this == ALB || this == ALB_MULTI) {
            if (!answer.path("statusDescription").asText().matches(answer.path("statusCode").asInt() + " [A-Z].*")) {
                throw new AssertionError("a load balancer needs a description of the status: " + answer);
            }
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.path(this == ALB_MULTI ? "multiValueHeaders" : "headers").fields().forEachRemaining(
                each -> headers.put(each.getKey(),
                        this == ALB_MULTI ? each.getValue().get(0).asText() : each.getValue().asText()));
        return new Answer(answer.path("statusCode").asInt(), headers, answer.path("body").asText());
    }

    private static Answer serve(URI server, Request request) throws Exception {
        HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve(request.path()));
        request.headers().forEach(builder::header);
        HttpResponse<String> response = HttpClient.newHttpClient().send(builder.method(request.method(),
                HttpRequest.BodyPublishers.ofString(request.body() == null ? "" : request.body())).build(),
                BodyHandlers.ofString());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new Answer(response.statusCode(), headers, response.body());
    }

    byte[] event(Request request) throws Exception {
        String[] target = request.path().split("\\?", 2);
        Map<String, String> query = new HashMap<>();
        if (target.length == 2) {
            for (String each : target[1].split("&")) {
                query.put(each.split("=", 2)[0], each.split("=", 2)[1]);
            }
        }
        return JSON.writeValueAsBytes(switch (this) {
            case V2, V2_BASE64 -> v2(request, target, query);
            case V1, V1_MULTI -> v1(request, target[0], query);
            default -> alb(request, target[0], query);
        });
    }

    private Object v2(Request request, String[] target, Map<String, String> query) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        boolean base64 = this == V2_BASE64;
        return APIGatewayV2HTTPEvent.builder().withVersion("2.0").withRouteKey("$default").withRawPath(target[0])
                .withRawQueryString(target.length == 2 ? target[1] : "").withHeaders(headers)
                .withQueryStringParameters(query.isEmpty() ? null : query)
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder().withStage("$default").withRequestId("r1")
                        .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(request.method())
                                .withPath(target[0]).withProtocol("HTTP/1.1").build())
                        .build())
                .withBody(base64 && request.body() != null ? Base64.getEncoder().encodeToString(request.body().getBytes(UTF_8))
                        : request.body())
                .withIsBase64Encoded(base64).build();
    }

    private Object v1(Request request, String path, Map<String, String> query) {
        APIGatewayProxyRequestEvent event = new APIGatewayProxyRequestEvent().withResource("/{proxy+}").withPath(path)
                .withHttpMethod(request.method()).withBody(request.body()).withIsBase64Encoded(false)
                .withRequestContext(new APIGatewayProxyRequestEvent.ProxyRequestContext().withRequestId("r1").withStage("prod")
                        .withHttpMethod(request.method()).withResourcePath("/{proxy+}"))
                .withHeaders(request.headers()).withQueryStringParameters(query);
        return this == V1 ? event
                : event.withMultiValueHeaders(lists(request.headers())).withMultiValueQueryStringParameters(lists(query));
    }

    private Object alb(Request request, String path, Map<String, String> query) {
        ApplicationLoadBalancerRequestEvent.Elb balancer = new ApplicationLoadBalancerRequestEvent.Elb();
        balancer.setTargetGroupArn("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1");
        ApplicationLoadBalancerRequestEvent.RequestContext context = new ApplicationLoadBalancerRequestEvent.RequestContext();
        context.setElb(balancer);
        ApplicationLoadBalancerRequestEvent event = new ApplicationLoadBalancerRequestEvent();
        event.setRequestContext(context);
        event.setHttpMethod(request.method());
        event.setPath(path);
        event.setBody(request.body() == null ? "" : request.body());
        if (this == ALB) {
            event.setHeaders(request.headers());
            event.setQueryStringParameters(query);
        } else {
            event.setMultiValueHeaders(lists(request.headers()));
            event.setMultiValueQueryStringParameters(lists(query));
        }
        return event;
    }

    private static Map<String, List<String>> lists(Map<String, String> values) {
        Map<String, List<String>> lists = new HashMap<>();
        values.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }

    /** {@return the event as members} */
    Map<String, Object> members(Request request) throws Exception {
        return JSON.readValue(event(request), new TypeReference<Map<String, Object>>() {
        });
    }

    static byte[] bytes(Map<String, Object> members) throws Exception {
        return JSON.writeValueAsBytes(members);
    }
}
