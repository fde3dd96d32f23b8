package dev.pocketflow.quarkus.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Request;

class LambdaTransportTest {

    private static final String RUN = "01K0000000000000000000RUN1";
    private static final Reply TAKEN = Reply.of(202, "");

    private final AtomicReference<Function<Request, Reply>> answer = new AtomicReference<>(request -> TAKEN);
    private RecordingServer lambda;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        lambda = new RecordingServer(request -> answer.get().apply(request));
        settings = new AwsSdkSettings(lambda.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        lambda.close();
    }

    @Test
    void functionItselfIsInvokedAsynchronously_byTheNameFromLambda() {
        way(null, Map.of("AWS_LAMBDA_FUNCTION_NAME", "writer-prod")).send(message(null, "{\"hop\":3}"));

        Request invoke = lambda.only();
        assertThat(invoke.method()).isEqualTo("POST");
        assertThat(invoke.target()).isEqualTo("/2015-03-31/functions/writer-prod/invocations");
        assertThat(invoke.header("X-Amz-Invocation-Type")).isEqualTo("Event");
        assertThat(invoke.header("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/").contains("/lambda/");
        assertThat(invoke.text()).isEqualTo("{\"hop\":3}");
        assertThat(invoke.header("Content-Length")).isEqualTo("9");
        assertThat(invoke.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void configuredFunctionIsInvoked_ratherThanTheFunctionItself() {
        way("writer:live", Map.of("AWS_LAMBDA_FUNCTION_NAME", "writer-prod")).send(message(null, "{}"));

        assertThat(lambda.only().target()).isEqualTo("/2015-03-31/functions/writer%3Alive/invocations");
    }

    @Test
    void otherFunctionIsInvoked_whenTheMessageNamesIt() {
        way("writer", Map.of()).send(message("arn:aws:lambda:eu-central-1:123456789012:function:agent", "{}"));

        assertThat(lambda.only().target())
                .isEqualTo(
                        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Aagent/invocations");
    }

    @Test
    void traceHeaderIsSent_whenThePollLoopSetItsProperty() {
        String trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a87bd80c:1";
        settings.set("com.amazonaws.xray.traceHeader", trace).env("AWS_LAMBDA_FUNCTION_NAME", "writer");

        way("writer", Map.of()).send(message(null, "{}"));

        assertThat(lambda.only().header("X-Amzn-Trace-Id")).isEqualTo(trace);
    }

    @Test
    void envelopeOfTheLimitIsSent_andOneByteMoreIsNot() {
        LambdaTransport way = way("writer", Map.of());
        way.send(message(null, "x".repeat(1_048_576)));
        assertThat(lambda.only().body()).hasSize(1_048_576);
        assertThat(way.limit()).isEqualTo(1_048_576);

        assertThatThrownBy(() -> way.send(message(null, "x".repeat(1_048_577)))).isInstanceOf(HandOverFailed.class)
                .hasMessage("run " + RUN
                        + ", hop 3, was not accepted by Lambda function 'writer': its envelope has 1048577 bytes, and at most "
                        + "1048576 are accepted. Configure a claim check: quarkus.pocketflow.claim-check.bucket or .directory");
        lambda.only();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | ResourceNotFoundException   | 1 | Deploy it, or name another with quarkus.pocketflow.lambda.function
            403 | AccessDeniedException       | 1 | Allow lambda:InvokeFunction on it
            413 | RequestTooLargeException    | 1 | Configure a claim check
            400 | RecursiveInvocationException| 1 | RecursiveLoop to Allow
            429 | TooManyRequestsException    | 3 | throttled after the SDK's retries
            403 | ExpiredTokenException       | 1 | Check that the credentials are valid
            400 | SomethingNew                | 1 | Correct this
            """)
    void failureNamesCodeAndCorrection_andNotTheServicesText(int status, String code, int attempts, String wayOut) {
        answer.set(request -> error(status, code));

        assertThatThrownBy(() -> way("writer", Map.of()).send(message(null, "{\"store\":\"private\"}")))
                .isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("run " + RUN + ", hop 3, was not accepted by Lambda function "
                        + "'writer': " + code + " (HTTP "
                        + status + ", request 4711). ")
                .hasMessageContaining(wayOut).hasMessageNotContaining("private").cause().hasMessageContaining("Rate private");
        assertThat(lambda.requests).hasSize(attempts);
    }

    @Test
    void deliveryIsUnknown_afterAnErrorOfTheService() {
        answer.set(request -> error(500, "ServiceException"));

        assertThatThrownBy(() -> way("writer", Map.of()).send(message(null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessage(
                        "the delivery of run " + RUN + ", hop 3, to Lambda function 'writer' is unknown: ServiceException "
                                + "(HTTP 500, request 4711). Check whether that hop already ran before you resume the run");
        assertThat(lambda.requests).hasSize(3);
    }

    @Test
    void deliveryIsUnknown_whenTheConnectionEnds() {
        answer.set(request -> null);

        assertThatThrownBy(() -> way("writer", Map.of()).send(message(null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("the delivery of run " + RUN).hasMessageContaining("SocketException");
        assertThat(lambda.requests).as("the SDK's three, and none that the JDK adds").hasSize(3);
    }

    @Test
    void deliveryIsUnknown_whenAnEarlierAttemptWasNotAnswered() {
        answer.set(request -> lambda.requests.size() == 1 ? null : error(429, "TooManyRequestsException"));

        assertThatThrownBy(() -> way("writer", Map.of()).send(message(null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith("the delivery of").hasMessageContaining("TooManyRequestsException");
    }

    @Test
    void secondAttemptDelivers_afterTheFirstFailed() {
        answer.set(request -> lambda.requests.size() == 1 ? error(503, "ServiceUnavailableException") : TAKEN);

        way("writer", Map.of()).send(message(null, "{\"hop\":3}"));

        assertThat(lambda.requests).hasSize(2).allSatisfy(each -> assertThat(each.text()).isEqualTo("{\"hop\":3}"));
    }

    @Test
    void nothingWasSent_whenNothingListens() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            settings.set("aws.endpointUrl", "http://localhost:" + free.getLocalPort());
        }

        assertThatThrownBy(() -> way("writer", Map.of()).send(message(null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessage("run " + RUN
                        + ", hop 3, was not accepted by Lambda function 'writer': ConnectException. Nothing was sent. Check "
                        + "the network, and AWS_ENDPOINT_URL if it is set");
    }

    @Test
    void failureNamesWhatTheSdkNeeds_withoutCredentials() {
        settings.set("aws.accessKeyId", null).set("aws.secretAccessKey", null);

        assertThatThrownBy(() -> way("writer", Map.of()).send(message(null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessage("run " + RUN + ", hop 3, was not accepted by Lambda function 'writer': SdkClientException. The SDK "
                        + "has no region or no credentials: check AWS_REGION and the function's role");
    }

    @Test
    void failureNamesTheSetting_withoutANameOfTheFunction() {
        assertThatThrownBy(() -> way(null, Map.of()).send(message(null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessage("run " + RUN + ", hop 3, was not accepted by this Lambda function: outside Lambda it has no name. "
                        + "Set quarkus.pocketflow.lambda.function");
    }

    private static LambdaTransport way(String function, Map<String, String> env) {
        return new LambdaTransport(ConfigValues.lambda(function), env::get);
    }

    private static EnvelopeTransport.Message message(String address, String body) {
        return new EnvelopeTransport.Message("writer", address, RUN, 3, null, body.getBytes(UTF_8));
    }

    /** An error in the form of Lambda's REST-JSON, with a message that quotes. */
    private static Reply error(int status, String code) {
        return new Reply(status,
                Map.of("x-amzn-ErrorType", code, "x-amzn-RequestId", "4711", "Content-Type", "application/json"),
                "{\"Type\":\"User\",\"Message\":\"Rate private\"}".getBytes(UTF_8));
    }
}
