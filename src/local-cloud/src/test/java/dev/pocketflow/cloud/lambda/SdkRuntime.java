package dev.pocketflow.cloud.lambda;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * A runtime as a separate process. It handles the trace header as Lambda's and Quarkus's runtimes do. Its function invokes
 * itself with each event. The function's client gets endpoint, region and credentials from the environment only.
 */
public final class SdkRuntime {

    private static final String BASE = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";

    private SdkRuntime() {
    }

    public static String[] command() {
        return new String[] { Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"), SdkRuntime.class.getName() };
    }

    public static void main(String[] args) throws Exception {
        LambdaClient lambda = LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
        while (true) {
            HttpURLConnection next = (HttpURLConnection) URI.create(BASE + "next").toURL().openConnection();
            byte[] event = next.getInputStream().readAllBytes();
            System.setProperty("com.amazonaws.xray.traceHeader", next.getHeaderField("Lambda-Runtime-Trace-Id"));
            lambda.invoke(request -> request.functionName(System.getenv("AWS_LAMBDA_FUNCTION_NAME"))
                    .invocationType(InvocationType.EVENT).payload(SdkBytes.fromByteArray(event)));
            HttpURLConnection answer = (HttpURLConnection) URI
                    .create(BASE + next.getHeaderField("Lambda-Runtime-Aws-Request-Id") + "/response").toURL().openConnection();
            answer.setDoOutput(true);
            answer.getOutputStream().write(event);
            answer.getResponseCode();
        }
    }
}
