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

    /** How the SDK words an attempt that certainly left nothing behind. Any other may have. */
    private static final Pattern REFUSED = Pattern.compile("(?i)Status Code: 4\\d\\d|connection refused|connect timed out"
            + "|no route to host|UnknownHostException|handshake|PKIX");

    private AwsDeliveryErrors() {
    }

    /**
     * An envelope that was not taken, or may have been.
     *
     * @param wayOut for what the service calls an error; null for one that is not known
     */
    public static HandOverFailed delivery(EnvelopeTransport.Message message, String receiver, SdkException e,
            Function<String, String> wayOut) {
        return maybeTaken(e) ? DeliveryErrors.unknown(message, receiver, AwsErrors.reason(e), e)
                : DeliveryErrors.refused(message, receiver, AwsErrors.explain(e, wayOut), e);
    }

    /** It is kept on the safe side: what is said to have left nothing behind has not. */
    private static boolean maybeTaken(SdkException e) {
        boolean last = e instanceof AwsServiceException answer ? answer.statusCode() >= 500
                : ConnectionErrors.unreachable(e) == null && !AwsErrors.isUnsent(e);
        return last || Stream.of(e.getSuppressed())
                .anyMatch(earlier -> !REFUSED.matcher(String.valueOf(earlier.getMessage())).find());
    }
}
