package dev.pocketflow.quarkus.internal.aws;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.internal.net.ConnectionErrors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Translates an error of the AWS SDK into its meaning for the run. The service's own message may quote the request, so only the
 * cause holds it.
 */
public final class AwsErrors {

    private static final Pattern UNSENT = Pattern.compile("(?i)^unable to load (credentials|region)");

    private AwsErrors() {
    }

    /** {@return whether the SDK lacked a region or credentials, so that nothing was sent} */
    public static boolean isUnsent(SdkException e) {
        return UNSENT.matcher(String.valueOf(e.getMessage())).find();
    }

    /** {@return the error and its correction} */
    public static String explain(SdkException e, Function<String, String> wayOut) {
        return reason(e) + ". "
                + (e instanceof AwsServiceException answer ? advice(answer, wayOut.apply(code(answer))) : advice(e));
    }

    private static String advice(SdkException e) {
        return isUnsent(e) ? "The SDK has no region or no credentials: check AWS_REGION and the function's role"
                : (ConnectionErrors.unreachable(e) == null ? "" : "Nothing was sent. ")
                        + "Check the network, and AWS_ENDPOINT_URL if it is set";
    }

    private static String advice(AwsServiceException answer, String known) {
        if (known != null) {
            return known;
        }
        if (answer.isThrottlingException()) {
            return "It was throttled after the SDK's retries: resume the run later, or raise the limit";
        }
        return switch (answer.statusCode()) {
            case 401, 403 -> "Check that the credentials are valid and that the function's role allows it";
            default -> "Correct this, then resume the run";
        };
    }

    /** {@return the answer of the service or the connection, in one phrase} */
    public static String reason(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return code(answer) + " (HTTP " + answer.statusCode()
                    + Optional.ofNullable(answer.requestId()).map(id -> ", request " + id).orElse("") + ")";
        }
        String unreachable = ConnectionErrors.unreachable(e);
        IOException io = ConnectionErrors.interrupted(e);
        return unreachable != null ? unreachable : (io == null ? e : io).getClass().getSimpleName();
    }

    static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse(e.getClass().getSimpleName());
    }
}
