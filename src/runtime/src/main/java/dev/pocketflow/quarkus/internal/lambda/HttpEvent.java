package dev.pocketflow.quarkus.internal.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;

/**
 * An HTTP request that AWS Lambda received as an event. An event with several members that only HTTP events have is one, and
 * never starts a run by itself: if it has none of the forms exactly, it is refused.
 *
 * @param sent the path as the caller sent it: a gateway may have a stage before the function's path
 * @param headers by their names in lower case
 * @param query the last value of each parameter
 * @param sender the name of the authenticated sender; null without one
 */
record HttpEvent(Form form, String method, String path, String sent, Map<String, List<String>> headers,
        Map<String, String> query,
        byte[] body, String sender) {

    /** The forms of HTTP events. */
    enum Form {
        /**
         * Function URLs, and API Gateway's HTTP APIs (<a
         * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
         * format 2.0</a>).
         */
        V2,
        /**
         * API Gateway's REST APIs (<a
         * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">proxy
         * integration</a>).
         */
        V1,
        /**
         * An Application Load Balancer (<a
         * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Lambda functions as
         * targets</a>).
         */
        ALB,
        /** An Application Load Balancer whose target group has multi-value headers. */
        ALB_MULTI
    }

    /** Names that few other events have: an event without any of them is not parsed here. */
    private static final Mentions RARE = new Mentions("isBase64Encoded", "requestContext", "rawPath", "rawQueryString",
            "routeKey",
            "httpMethod", "multiValueHeaders", "queryStringParameters");
    private static final Set<String> MEMBERS = Set.of("requestContext", "isBase64Encoded", "rawPath", "rawQueryString",
            "routeKey",
            "httpMethod", "resource", "headers", "multiValueHeaders", "queryStringParameters",
            "multiValueQueryStringParameters", "pathParameters", "stageVariables", "path", "body", "cookies");
    /** The members of an HTTP event that make an event one. Each form has at least seven. */
    private static final int ENOUGH = 4;

    /** An HTTP event that has none of the forms. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;
        final transient Form form;

        Malformed(Form form) {
            super(null, null, false, false);
            this.form = form;
        }
    }

    /**
     * {@return the request; null if the event is none}
     *
     * @throws Malformed if it looks like an HTTP event, and has none of the forms
     */
    static HttpEvent of(byte[] event) {
        if (!RARE.in(event)) {
            return null;
        }
        try {
            if (!(OutcomeWriter.read(event) instanceof Map<?, ?> object)
                    || object.keySet().stream().filter(MEMBERS::contains).count() < ENOUGH) {
                return null;
            }
            return request(object);
        } catch (IOException e) {
            return null; // the parser of events reports the fault
        }
    }

    private static HttpEvent request(Map<?, ?> event) {
        Form form = form(event);
        if (!isOf(form, event)) {
            throw new Malformed(form);
        }
        Map<?, ?> context = (Map<?, ?>) event.get("requestContext");
        boolean v2 = form == Form.V2;
        String method = (String) (v2 ? ((Map<?, ?>) context.get("http")).get("method") : event.get("httpMethod"));
        Map<String, List<String>> headers = new HashMap<>();
        values(event.get("headers"), form, headers);
        values(event.get("multiValueHeaders"), form, headers);
        Map<String, List<String>> query = new HashMap<>();
        values(event.get("queryStringParameters"), form, query);
        values(event.get("multiValueQueryStringParameters"), form, query);
        Map<String, String> last = new HashMap<>();
        query.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
        return new HttpEvent(form, method, v2 ? path(event, context) : (String) event.get("path"), sent(form, event, context),
                headers, last, body(event), sender(context));
    }

    private static String sent(Form form, Map<?, ?> event, Map<?, ?> context) {
        return form == Form.V2 ? (String) event.get("rawPath")
                : form == Form.V1 && context.get("path") instanceof String path ? path : (String) event.get("path");
    }

    private static Form form(Map<?, ?> event) {
        if (event.get("requestContext") instanceof Map<?, ?> context && context.containsKey("elb")) {
            return event.get("multiValueHeaders") == null ? Form.ALB : Form.ALB_MULTI;
        }
        return event.containsKey("httpMethod") ? Form.V1 : Form.V2;
    }

    private static boolean isOf(Form form, Map<?, ?> event) {
        if (!(event.get("requestContext") instanceof Map<?, ?> context) || !isTextOrNull(event.get("body"))
                || !(event.get("isBase64Encoded") instanceof Boolean)) {
            return false;
        }
        return switch (form) {
            case V2 -> "2.0".equals(event.get("version")) && isText(event, "routeKey") && isText(event, "rawPath")
                    && isText(event, "rawQueryString") && event.get("headers") instanceof Map
                    && context.get("http") instanceof Map<?, ?> http && isText(http, "method");
            case V1 -> isText(event, "resource") && isText(event, "path") && isText(event, "httpMethod")
                    && isText(context, "requestId") && isText(context, "stage");
            case ALB, ALB_MULTI -> isText(event, "path") && isText(event, "httpMethod")
                    && (event.get("headers") instanceof Map || event.get("multiValueHeaders") instanceof Map)
                    && context.get("elb") instanceof Map<?, ?> balancer && isText(balancer, "targetGroupArn");
        };
    }

    private static boolean isText(Map<?, ?> object, String member) {
        return object.get(member) instanceof String;
    }

    private static boolean isTextOrNull(Object value) {
        return value == null || value instanceof String;
    }

    /** Adds values by names in lower case. A list holds all values of its name, also the one that was there. */
    private static void values(Object object, Form form, Map<String, List<String>> all) {
        if (object == null) {
            return;
        } else if (!(object instanceof Map<?, ?> values)) {
            throw new Malformed(form);
        }
        ((Map<?, ?>) object).forEach((name, value) -> {
            List<String> texts = new ArrayList<>();
            for (Object each : value instanceof List<?> list ? list : List.of(value == null ? "" : value)) {
                if (!(each instanceof String text)) {
                    throw new Malformed(form);
                }
                texts.add(text);
            }
            if (!texts.isEmpty()) {
                all.put(((String) name).toLowerCase(Locale.ROOT), texts);
            }
        });
    }

    /** {@return the path without the stage, which payload format 2.0 puts before it} */
    private static String path(Map<?, ?> event, Map<?, ?> context) {
        String path = (String) event.get("rawPath");
        String stage = "/" + context.get("stage");
        return path.equals(stage) ? "/" : path.startsWith(stage + "/") ? path.substring(stage.length()) : path;
    }

    /** {@return the body; null if it is not Base64, as the event says} */
    private static byte[] body(Map<?, ?> event) {
        String body = event.get("body") == null ? "" : (String) event.get("body");
        if (!(Boolean) event.get("isBase64Encoded")) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return the caller by API Gateway's or the function URL's own check; null without one} */
    private static String sender(Map<?, ?> context) {
        Map<?, ?> authorizer = object(context, "authorizer");
        for (Object name : new Object[] { object(object(authorizer, "jwt"), "claims").get("sub"),
                object(authorizer, "claims").get("sub"), object(authorizer, "iam").get("userArn"),
                authorizer.get("principalId"), object(context, "identity").get("userArn") }) {
            if (name instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private static Map<?, ?> object(Map<?, ?> parent, String member) {
        return parent.get(member) instanceof Map<?, ?> object ? object : Map.of();
    }

    /** {@return the header; null without it} @throws BadEvent if one that identifies the event is repeated */
    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        if (values != null && values.size() > 1 && !name.equals("traceparent")) {
            throw new BadEvent(400, "the header " + name + " comes " + values.size() + " times. Send it once");
        }
        return values == null ? null : values.get(0);
    }
}
