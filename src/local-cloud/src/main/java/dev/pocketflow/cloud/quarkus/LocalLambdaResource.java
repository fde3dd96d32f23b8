package dev.pocketflow.cloud.quarkus;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.pocketflow.cloud.lambda.LocalLambda;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * Runs the executable of a {@code @QuarkusIntegrationTest} as a function of a {@link LocalLambda}. Quarkus starts the
 * executable, and the test gets the lambda in its field of type {@code LocalLambda}. Each invocation, and the start, may take
 * 30 seconds.
 *
 * <pre>
 * &#64;QuarkusIntegrationTest
 * &#64;WithTestResource(value = LocalLambdaResource.class, initArgs = &#64;ResourceArg(name = "function", value = "agent"))
 * class AgentLambdaIT {
 *     LocalLambda lambda;
 * </pre>
 */
public final class LocalLambdaResource implements QuarkusTestResourceLifecycleManager {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private String function;
    private LocalLambda lambda;

    /** A resource that Quarkus makes. */
    public LocalLambdaResource() {
    }

    @Override
    public void init(Map<String, String> arguments) {
        function = Objects.requireNonNull(arguments.get("function"),
                "LocalLambdaResource needs the name of the function: initArgs = @ResourceArg(name = \"function\", value = …)");
    }

    @Override
    public Map<String, String> start() {
        lambda = LocalLambda.builder()
                .function(function, spec -> spec.external().timeout(PATIENCE).initTimeout(PATIENCE)).start();
        return Map.of("quarkus-internal.aws-lambda.test-api", lambda.runtimeApi(function));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(lambda, field -> field.getType() == LocalLambda.class);
    }

    @Override
    public void stop() {
        lambda.close();
    }
}
