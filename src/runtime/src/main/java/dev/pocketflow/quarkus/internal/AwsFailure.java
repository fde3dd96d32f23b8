package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.pocketflow.quarkus.HandOverFailed;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the AWS SDK reports, in words that tell what it means for the run. The service's own message may quote the request, so
 * it
 * is in the cause only.
 */
final class AwsFailure {

    /** How the SDK words an attempt that certainly left nothing behind. Any other may have. */
    private static final Pattern REFUSED = Pattern.compile("(?i)Status Code: 4\\d\\d|connection refused|connect timed out"
            + "|no route to host|UnknownHostException|handshake|PKIX");
    private static final Pattern UNSENT = Pattern.compile("(?i)^unable to load (credentials|region)");

    private AwsFailure() {
    }

    /**
     * An envelope that was not taken, or may have been.
     *
     * @param wayOut for what the service calls an error; null for one that is not known
     */
    static HandOverFailed delivery(WayOut.Message message, String receiver, SdkException e, Function<String, String> wayOut) {
        return maybeTaken(e) ? Delivery.unknown(message, receiver, reason(e), e)
                : Delivery.refused(message, receiver, explain(e, wayOut), e);
    }

    /** It is kept on the safe side: what is said to have left nothing behind has not. */
    private static boolean maybeTaken(SdkException e) {
        boolean last = e instanceof AwsServiceException answer ? answer.statusCode() >= 500
                : Delivery.unreachable(e) == null && !unsent(e);
        return last || Stream.of(e.getSuppressed())
                .anyMatch(earlier -> !REFUSED.matcher(String.valueOf(earlier.getMessage())).find());
    }

    private static boolean unsent(SdkException e) {
        return UNSENT.matcher(String.valueOf(e.getMessage())).find();
    }

    /** {@return what happened, and what can be done about it} */
    static String explain(SdkException e, Function<String, String> wayOut) {
        return reason(e) + ". "
                + (e instanceof AwsServiceException answer ? advice(answer, wayOut.apply(code(answer))) : advice(e));
    }

    private static String advice(SdkException e) {
        return unsent(e) ? "The SDK has no region or no credentials: see AWS_REGION, and the function's role"
                : (Delivery.unreachable(e) == null ? "" : "Nothing was sent. ")
                        + "See that the network leads there, and AWS_ENDPOINT_URL, if it is set";
    }

    private static String advice(AwsServiceException answer, String known) {
        if (known != null) {
            return known;
        }
        if (answer.isThrottlingException()) {
            return "It was throttled after the SDK's retries: resume the run later, or raise the limit";
        }
        return switch (answer.statusCode()) {
            case 401, 403 -> "See that the credentials are valid and the function's role allows it";
            default -> "Mend that, then resume the run";
        };
    }

    private static String reason(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return code(answer) + " (HTTP " + answer.statusCode()
                    + Optional.ofNullable(answer.requestId()).map(id -> ", request " + id).orElse("") + ")";
        }
        String unreachable = Delivery.unreachable(e);
        IOException io = Delivery.interrupted(e);
        return unreachable != null ? unreachable : (io == null ? e : io).getClass().getSimpleName();
    }

    static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse(e.getClass().getSimpleName());
    }
}
