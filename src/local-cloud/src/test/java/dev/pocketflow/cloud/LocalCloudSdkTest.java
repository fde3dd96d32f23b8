package dev.pocketflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.lambda.SdkRuntime;
import dev.pocketflow.cloud.sqs.LocalSqs;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RecursiveInvocationException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The clients that functions use, against the cloud's endpoints. */
class LocalCloudSdkTest {

    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();

    @RegisterExtension
    static final LocalCloudExtension CLOUD = LocalCloudExtension.of(LocalCloud.builder()
            .function("echo", spec -> spec.handler((event, context) -> {
                if (new String(event, StandardCharsets.UTF_8).equals("\"fail\"")) {
                    throw new IllegalStateException("told to");
                }
                RECEIVED.add(new String(event, StandardCharsets.UTF_8));
                return event;
            }))
            .function("trace", spec -> spec.handler((event, context) -> ("\"" + context.traceHeader() + "\"").getBytes()))
            .queue("plain")
            .eventSource("jobs", "echo", source -> {
            })
            .bucket("claims"));

    @Test
    void functionAnswersTheSdk(LocalLambda lambda) {
        try (LambdaClient client = lambda(lambda)) {
            InvokeResponse response = client.invoke(request -> request.functionName("echo").logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String("{\"a\":1}")));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.functionError()).isNull();
            assertThat(response.executedVersion()).isEqualTo("$LATEST");
            assertThat(response.payload().asUtf8String()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void errorOfTheFunctionReachesTheSdk(LocalLambda lambda) {
        try (LambdaClient client = lambda(lambda)) {
            InvokeResponse response = client
                    .invoke(request -> request.functionName("echo").payload(SdkBytes.fromUtf8String("\"fail\"")));

            assertThat(response.functionError()).isEqualTo("Unhandled");
            assertThat(response.payload().asUtf8String()).contains("told to");
        }
    }

    @Test
    void asyncEventIsAccepted_upToOneMiB(LocalLambda lambda) throws Exception {
        RECEIVED.clear();
        try (LambdaClient client = lambda(lambda)) {
            String largest = "\"" + "x".repeat((1 << 20) - 2) + "\"";
            InvokeResponse response = client.invoke(request -> request.functionName("echo")
                    .invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String(largest)));

            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(RECEIVED.poll(20, TimeUnit.SECONDS)).isEqualTo(largest);
            assertThatThrownBy(() -> client.invoke(request -> request.functionName("echo")
                    .invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String(largest + " "))))
                    .isInstanceOf(RequestTooLargeException.class);
        }
    }

    @Test
    void refusalsAreTheSdksExceptions(LocalLambda lambda) {
        try (LambdaClient client = lambda(lambda)) {
            assertThatThrownBy(() -> client.invoke(request -> request.functionName("none")))
                    .isInstanceOf(ResourceNotFoundException.class);
            String first = lambda.invoke("trace", "{}").payload().replace("\"", "");
            String sixteenth = first.replaceFirst(":0$", ":15");
            assertThat(sixteenth).isNotEqualTo(first);
            assertThatThrownBy(() -> client.invoke(request -> request.functionName("trace")
                    .overrideConfiguration(config -> config.putHeader("X-Amzn-Trace-Id", sixteenth))))
                    .isInstanceOf(RecursiveInvocationException.class).hasMessageContaining("recursive loop");
        }
    }

    @Test
    void chainOfAProcessThatInvokesItselfByTheSdkIsStopped(LocalCloud cloud) throws Exception {
        BlockingQueue<InvocationAttempt> hops = new LinkedBlockingQueue<>();
        try (LocalLambda own = LocalLambda.builder().onAttempt(hops::add).sqs(cloud.sqs().endpoint())
                .function("f", spec -> spec.concurrency(2).timeout(Duration.ofSeconds(30)).command(SdkRuntime.command())
                        .deadLetterQueue("plain"))
                .start()) {
            own.invokeAsync("f", "{}");

            assertThat(cloud.sqs().take("plain", Duration.ofSeconds(60)).orElseThrow().attributes().get("ErrorMessage"))
                    .contains("recursive loop");
            InvocationAttempt stopped = hops.stream().filter(hop -> !hop.outcome().equals(InvocationAttempt.OK)).findAny()
                    .orElseThrow();
            assertThat(stopped.chain()).isEqualTo(17);
        }
    }

    @Test
    void queueWorksWithTheSdk(LocalSqs sqs) {
        try (SqsClient client = configured(SqsClient.builder(), sqs.endpoint())) {
            String url = client.getQueueUrl(request -> request.queueName("plain")).queueUrl();
            String id = client.sendMessage(request -> request.queueUrl(url).messageBody("{\"n\":1}")).messageId();
            Message message = client.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(5)).messages().get(0);
            client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));

            assertThat(url).isEqualTo(sqs.queueUrl("plain"));
            assertThat(message.messageId()).isEqualTo(id);
            assertThat(message.body()).isEqualTo("{\"n\":1}");
            assertThat(sqs.size("plain")).isZero();
        }
    }

    @Test
    void messageOfTheSdkReachesTheFunction(LocalSqs sqs) throws Exception {
        RECEIVED.clear();
        try (SqsClient client = configured(SqsClient.builder(), sqs.endpoint())) {
            client.sendMessage(request -> request.queueUrl(sqs.queueUrl("jobs")).messageBody("from the SDK"));

            assertThat(RECEIVED.poll(20, TimeUnit.SECONDS)).contains("\"body\":\"from the SDK\"");
        }
    }

    @Test
    void objectIsWrittenReadAndDeleted_withTheSdk(LocalCloud cloud) {
        try (S3Client client = configured(S3Client.builder(), cloud.s3().endpoint())) {
            byte[] large = new byte[7 << 20];
            client.putObject(request -> request.bucket("claims").key("runs/01K & co/3"), RequestBody.fromBytes(large));

            assertThat(cloud.s3().keys("claims")).containsExactly("runs/01K & co/3");
            assertThat(client.getObjectAsBytes(request -> request.bucket("claims").key("runs/01K & co/3")).asByteArray())
                    .isEqualTo(large);
            client.deleteObject(request -> request.bucket("claims").key("runs/01K & co/3"));
            assertThat(cloud.s3().keys("claims")).isEmpty();
            assertThatThrownBy(() -> client.getObjectAsBytes(request -> request.bucket("claims").key("runs/01K & co/3")))
                    .isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Test
    void bucketIsEmpty_afterAReset(LocalCloud cloud) {
        try (S3Client client = configured(S3Client.builder(), cloud.s3().endpoint())) {
            client.putObject(request -> request.bucket("claims").key("a b+c"), RequestBody.fromString("x"));
            client.putObject(request -> request.bucket("claims").key("ü"), RequestBody.fromString("x"));
            assertThat(cloud.s3().keys("claims")).hasSize(2);

            cloud.reset();

            assertThat(cloud.s3().keys("claims")).isEmpty();
            assertThatThrownBy(() -> cloud.s3().keys("none")).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("HTTP 404, [NoSuchBucket]");
        }
    }

    private static LambdaClient lambda(LocalLambda lambda) {
        return configured(LambdaClient.builder(), lambda.endpoint());
    }

    private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C configured(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    }
}
