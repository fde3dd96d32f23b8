package dev.pocketflow.quarkus.internal.transport;

import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.aws.AwsErrors;
import dev.pocketflow.quarkus.internal.net.ConnectionErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Decides whether an envelope may have reached a service of AWS that reported an error. */
public final class AwsDeliveryErrors {

    /** The SDK's words for an attempt that had no effect. Any other attempt may have had one. */
    private static final Pattern REFUSED = Pattern.compile("(?i)Status Code: 4\\d\\d|connection refused|connect timed out"
            + "|no route to host|UnknownHostException|handshake|PKIX");

    private AwsDeliveryErrors() {
    }

    /**
     * Makes the failure of an envelope that was not delivered, or may not have been.
     *
     * @param wayOut gives the correction for an error code of the service; null for an unknown code
     */
    public static HandOverFailed delivery(EnvelopeTransport.Message message, String receiver, SdkException e,
            Function<String, String> wayOut) {
        return maybeTaken(e) ? DeliveryErrors.unknown(message, receiver, AwsErrors.reason(e), e)
                : DeliveryErrors.refused(message, receiver, AwsErrors.explain(e, wayOut), e);
    }

    /**
     * {@return whether the envelope may have been delivered}. In doubt it may: an attempt had no effect only if its message
     * says so.
     */
    private static boolean maybeTaken(SdkException e) {
        boolean last = e instanceof AwsServiceException answer ? answer.statusCode() >= 500
                : ConnectionErrors.unreachable(e) == null && !AwsErrors.isUnsent(e);
        return last || Stream.of(e.getSuppressed())
                .anyMatch(earlier -> !REFUSED.matcher(String.valueOf(earlier.getMessage())).find());
    }
}
