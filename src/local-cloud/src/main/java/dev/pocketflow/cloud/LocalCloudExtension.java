package dev.pocketflow.cloud;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.s3.LocalS3;
import dev.pocketflow.cloud.scheduler.LocalScheduler;
import dev.pocketflow.cloud.sqs.LocalSqs;

/**
 * Provides a {@link LocalCloud} to a JUnit test. In a static field, the extension starts one cloud for the class and calls
 * {@link LocalCloud#reset()} before each test. In an instance field, it starts one for each test. Tests and their life cycle
 * methods can take the cloud, or its {@link LocalLambda}, {@link LocalSqs}, {@link LocalS3}, {@link LocalDynamo} or
 * {@link LocalScheduler}, as a parameter. If the cloud has tables and {@link LocalDynamo#missing()} names something, the tests
 * are skipped with that reason.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final LocalCloudExtension CLOUD = LocalCloudExtension.of(LocalCloud.builder()
 *         .function("echo", spec -&gt; spec.handler((event, context) -&gt; event)));
 *
 * &#64;Test
 * void answers(LocalLambda lambda) {
 *     assertThat(lambda.invoke("echo", "1").payload()).isEqualTo("1");
 * }
 * </pre>
 */
public final class LocalCloudExtension
        implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback,
        ParameterResolver {

    private static final Map<Class<?>, Function<LocalCloud, Object>> PARTS = Map.of(LocalCloud.class, cloud -> cloud,
            LocalLambda.class, LocalCloud::lambda, LocalSqs.class, LocalCloud::sqs, LocalS3.class, LocalCloud::s3,
            LocalDynamo.class, LocalCloud::dynamo, LocalScheduler.class, LocalCloud::scheduler);

    private final LocalCloud.Builder builder;
    private final Supplier<Optional<String>> missing;
    private LocalCloud cloud;
    private boolean ofTheClass;

    private LocalCloudExtension(LocalCloud.Builder builder, Supplier<Optional<String>> missing) {
        this.builder = builder;
        this.missing = missing;
    }

    /** @param missing the reason why this machine cannot start the cloud */
    static LocalCloudExtension of(LocalCloud.Builder builder, Supplier<Optional<String>> missing) {
        return new LocalCloudExtension(builder, missing);
    }

    /** Returns an extension that starts its clouds from this builder. */
    public static LocalCloudExtension of(LocalCloud.Builder builder) {
        Objects.requireNonNull(builder, "builder");
        return of(builder, builder::missing);
    }

    /**
     * The cloud.
     *
     * @throws IllegalStateException outside of a test that this extension is registered for
     */
    public LocalCloud cloud() {
        if (cloud == null) {
            throw new IllegalStateException("There is a local cloud only while a test runs. Is this field annotated with"
                    + " @RegisterExtension?");
        }
        return cloud;
    }

    /** Skips tests by a condition: an assumption that fails before all tests of a class would leave no trace in a report. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return missing.get().map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("This machine can start the local cloud"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofTheClass = true;
        cloud = builder.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (ofTheClass) {
            cloud.reset();
        } else {
            cloud = builder.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofTheClass) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARTS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARTS.get(parameter.getParameter().getType()).apply(cloud());
    }

    private void close() {
        if (cloud != null) {
            cloud.close();
            cloud = null;
        }
    }
}
