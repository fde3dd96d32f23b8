package dev.pocketflow.quarkus.internal.aws;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Keeps the JDK from streaming a POST, which it does if the request states its length. On a reused connection the JDK first
 * waits a whole millisecond to detect that the peer has closed it. That takes longer than the call. Without the header the JDK
 * counts the body itself and sends the same request.
 *
 * <p>
 * The JDK would repeat a POST that it does not stream, if no answer arrives. The extension switches this off with
 * {@code sun.net.http.retryPost=false}. The SDK makes and reports all retries.
 */
record BufferedPostClient(SdkHttpClient client) implements SdkHttpClient {

    private static final String LENGTH = "Content-Length";

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest call) {
        SdkHttpRequest request = call.httpRequest();
        if (request.method() != SdkHttpMethod.POST || call.contentStreamProvider().isEmpty()) {
            return client.prepareRequest(call);
        }
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(request.toBuilder().removeHeader(LENGTH).build())
                .contentStreamProvider(call.contentStreamProvider().get())
                .metricCollector(call.metricCollector().orElse(null)).build());
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
