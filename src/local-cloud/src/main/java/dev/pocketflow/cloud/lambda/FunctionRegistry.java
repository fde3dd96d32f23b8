package dev.pocketflow.cloud.lambda;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

import dev.pocketflow.cloud.invocation.EventJson;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;

/**
 * The functions of a {@link LocalLambda}, by name, and the checks that an event passes before a function gets it. Thread-safe.
 */
final class FunctionRegistry implements AutoCloseable {

    private final Map<String, FunctionHost> hosts = new ConcurrentSkipListMap<>();

    void add(String name, FunctionHost host) {
        hosts.put(name, host);
    }

    Set<String> names() {
        return hosts.keySet();
    }

    /** @throws LambdaException when the function does not exist, or the event is too large or not JSON */
    FunctionHost check(String function, LambdaInvocation invocation, int limitBytes) {
        FunctionHost host = host(function);
        if (invocation.payload().length > limitBytes) {
            throw new LambdaException(413, "RequestTooLargeException",
                    "Request must be smaller than " + limitBytes + " bytes for the InvokeFunction operation");
        }
        String problem = EventJson.problem(invocation.payload());
        if (problem != null) {
            throw new LambdaException(400, "InvalidRequestContentException",
                    "Could not parse request body into json: " + problem);
        }
        return host;
    }

    /** @throws LambdaException when the function does not exist */
    FunctionHost host(String function) {
        FunctionHost host = hosts.get(name(function));
        if (host == null) {
            throw new LambdaException(404, "ResourceNotFoundException",
                    "Function not found: " + function + "; there are " + hosts.keySet());
        }
        return host;
    }

    /** The name in an ARN, a partial ARN or a name with a qualifier. */
    private static String name(String function) {
        String name = function.substring(function.indexOf("function:") < 0 ? 0 : function.indexOf("function:") + 9);
        return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    }

    @Override
    public void close() {
        hosts.values().forEach(FunctionHost::close);
    }
}
