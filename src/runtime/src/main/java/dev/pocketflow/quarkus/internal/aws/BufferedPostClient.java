package dev.pocketflow.quarkus.internal.aws;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Keeps the JDK from streaming a POST, as it does where the length is said before: into a connection that it has kept, it then
 * writes only after it has listened for a whole millisecond whether the other side has closed it, which is more than the call
 * takes. Without the header it counts the body itself, and sends the same request.
 *
 * <p>
 * What the JDK does not stream it would send a second time by itself where no answer comes. The extension switches that off, by
 * {@code sun.net.http.retryPost=false}: what is repeated, the SDK repeats, and tells of.
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
