package dev.pocketflow.quarkus.internal.transport;

import java.util.function.UnaryOperator;

import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.internal.aws.AwsClients;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * An asynchronous Invoke of a Lambda function. The SDK sends Lambda's trace header by itself, from the property that Quarkus's
 * poll loop sets. By that header Lambda detects a chain of functions that call themselves.
 */
public final class LambdaTransport implements EnvelopeTransport {

    /**
     * The quota of an asynchronous payload
     * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>).
     */
    static final int LIMIT = 1_048_576;

    private final String self;
    private final AwsClients.Lazy<LambdaClient> client;

    /** @param env gives an environment variable, or null */
    public LambdaTransport(HandOverConfig.Lambda config, UnaryOperator<String> env) {
        this.self = config.function().orElse(env.apply("AWS_LAMBDA_FUNCTION_NAME"));
        this.client = new AwsClients.Lazy<>(() -> AwsClients.configure(LambdaClient.builder()).build());
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public void send(Message message) {
        String function = message.address() == null ? self : message.address();
        String receiver = "Lambda function '" + function + "'";
        if (function == null) {
            throw DeliveryErrors.refused(message, "this Lambda function", "outside Lambda it has no name. "
                    + "Set quarkus.pocketflow.lambda.function", null);
        }
        DeliveryErrors.fits(message, message.body().length, LIMIT, receiver);
        try {
            client.get().invoke(request -> request.functionName(function).invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromByteArrayUnsafe(message.body())));
        } catch (SdkException e) {
            throw AwsDeliveryErrors.delivery(message, receiver, e, LambdaTransport::wayOut);
        }
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "ResourceNotFoundException" -> "Deploy it, or name another with quarkus.pocketflow.lambda.function, "
                    + "or quarkus.pocketflow.remote for a RemoteFlow";
            case "AccessDeniedException" -> "Allow lambda:InvokeFunction on it in this function's role";
            case "TooManyRequestsException" -> "It was throttled after the SDK's retries: resume the run later, "
                    + "or raise the function's or the account's concurrency";
            case "RequestTooLargeException", "RequestEntityTooLargeException" ->
                "Configure a claim check: quarkus.pocketflow.claim-check.bucket or .directory";
            case "RecursiveInvocationException" -> "Set the function's RecursiveLoop to Allow: "
                    + "quarkus.pocketflow.budget.hops is the guard against an endless chain";
            default -> null;
        };
    }
}
