package dev.pocketflow.quarkus.deployment.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** A call that its client cancels. The client of the other tests cannot do that, so this one sends the messages itself. */
class CancelledCallTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ToolsApplication.with().overrideConfigKey("quarkus.pocketflow.flow",
            "ship");

    @TestHTTPResource("/mcp")
    URL mcp;

    @Test
    void cancellation_interruptsTheRun_andIsNotAnswered() throws Exception {
        RawClient client = new RawClient();
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient().sendAsync(HttpRequest
                .newBuilder(URI.create(mcp.toString())).header("Content-Type", "application/json")
                .header("Accept", RawClient.ACCEPT)
                .header("Mcp-Session-Id", client.session()).POST(HttpRequest.BodyPublishers.ofString("""
                        {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "hold", "arguments": {}}}"""))
                .build(), HttpResponse.BodyHandlers.ofString());
        assertThat(ToolsApplication.Hold.TOLD.poll(30, TimeUnit.SECONDS)).isEqualTo("held");

        client.send("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 7}}")
                .then().statusCode(202);

        assertThat(ToolsApplication.Hold.TOLD.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEmpty();
    }
}
