package dev.pocketflow.quarkus.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.core.exception.SdkClientException;

class AwsDeliveryErrorsTest {

    private static final EnvelopeTransport.Message MESSAGE = new EnvelopeTransport.Message("writer", null, "RUN", 3, null,
            new byte[0]);

    static Stream<IOException> neverConnected() {
        return Stream.of(new ConnectException("Connection refused"), new UnknownHostException("lambda.nowhere"),
                new NoRouteToHostException("No route to host"), new SSLHandshakeException("PKIX path building failed"),
                new SocketTimeoutException("Connect timed out"));
    }

    @ParameterizedTest
    @MethodSource("neverConnected")
    void envelopeWasNotAccepted_whenNoAttemptConnected(IOException cause) {
        SdkClientException failure = client(cause);
        failure.addSuppressed(SdkClientException.create("Request attempt 1 failure: " + wording(cause)));

        assertThat(said(failure)).isEqualTo("run RUN, hop 3, was not accepted by the "
                + "function: " + cause.getClass().getSimpleName()
                + ". Nothing was sent. Check the network, and AWS_ENDPOINT_URL if it is set");
    }

    static Stream<IOException> brokenOff() {
        return Stream.of(new SocketTimeoutException("Read timed out"), new SocketException("Connection reset"),
                new IOException("Premature EOF"));
    }

    @ParameterizedTest
    @MethodSource("brokenOff")
    void deliveryIsUnknown_whenAnAttemptWasInterrupted(IOException cause) {
        assertThat(said(client(cause))).isEqualTo("the delivery of run RUN, hop 3, to the function is unknown: "
                + cause.getClass().getSimpleName() + ". Check whether that hop already ran before you resume the run");

        SdkClientException later = client(new ConnectException("Connection refused"));
        later.addSuppressed(SdkClientException.create("Request attempt 1 failure: " + wording(cause)));
        assertThat(said(later)).startsWith("the delivery of run RUN").doesNotContain("Nothing was sent");
    }

    @Test
    void deliveryIsUnknown_whenTheAnswerIsUnreadable() {
        assertThat(said(SdkClientException.create("Unable to unmarshall response")))
                .isEqualTo("the delivery of run RUN, hop 3, to the function is unknown: SdkClientException. "
                        + "Check whether that hop already ran before you resume the run");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Unable to load credentials from any of the providers in the chain",
            "Unable to load region from any of the providers in the chain" })
    void failureNamesWhatTheSdkLacks_whenItNeverCalled(String wording) {
        assertThat(said(SdkClientException.create(wording))).startsWith("run RUN, hop 3, was not accepted by the function")
                .endsWith("The SDK has no region or no credentials: check AWS_REGION and the function's role");
    }

    private static String said(SdkClientException failure) {
        return AwsDeliveryErrors.delivery(MESSAGE, "the function", failure, code -> null).getMessage();
    }

    /** An exception as the SDK makes it. */
    private static SdkClientException client(IOException cause) {
        return SdkClientException.create(wording(cause), cause);
    }

    private static String wording(IOException cause) {
        return cause instanceof UnknownHostException
                ? "Received an UnknownHostException when attempting to interact with a service."
                : "Unable to execute HTTP request: " + cause.getMessage();
    }
}
