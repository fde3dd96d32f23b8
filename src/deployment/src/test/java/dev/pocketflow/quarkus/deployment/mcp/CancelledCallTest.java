package dev.pocketflow.quarkus.deployment.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.RunEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/**
 * Calls that their client cancels or abandons. The client of the other tests cannot do that, so this one sends messages itself.
 */
class CancelledCallTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ToolsApplication.with(Ends.class).overrideConfigKey("quarkus.pocketflow.flow",
            "ship");

    private static final String CALL = """
            {"jsonrpc": "2.0", "id": 7, "method": "tools/call",
             "params": {"name": "hold", "arguments": {}, "_meta": {"progressToken": "p"}}}""";

    static class Ends {
        static final BlockingQueue<RunEvent.Ended> ENDS = new LinkedBlockingQueue<>();

        void ended(@Observes RunEvent.Ended run) {
            ENDS.add(run);
        }
    }

    @TestHTTPResource("/mcp")
    URL mcp;

    @Test
    void cancellation_interruptsTheRun_andIsNotAnswered() throws Exception {
        RawClient client = new RawClient();
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient().sendAsync(HttpRequest
                .newBuilder(URI.create(mcp.toString())).header("Content-Type", "application/json")
                .header("Accept", RawClient.ACCEPT)
                .header("Mcp-Session-Id", client.session()).POST(HttpRequest.BodyPublishers.ofString(CALL))
                .build(), HttpResponse.BodyHandlers.ofString());
        assertThat(ToolsApplication.Hold.TOLD.poll(30, TimeUnit.SECONDS)).isEqualTo("held");

        client.send("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 7}}")
                .then().statusCode(202);

        assertThat(ToolsApplication.Hold.TOLD.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).doesNotContain("\"result\"", "\"error\"");
        assertThat(Ends.ENDS.poll(30, TimeUnit.SECONDS)).isInstanceOf(RunEvent.Failed.class);
    }

    /** Its progress has no reader then. */
    @Test
    void clientThatDisconnects_doesNotEndItsRun() throws Exception {
        RawClient client = new RawClient();
        try (Socket connection = new Socket(mcp.getHost(), mcp.getPort())) {
            connection.setSoLinger(true, 0); // its end is not graceful
            connection.getOutputStream().write(String.join("\r\n", "POST /mcp HTTP/1.1", "Host: localhost",
                    "Content-Type: application/json", "Accept: " + RawClient.ACCEPT, "Mcp-Session-Id: " + client.session(),
                    "Content-Length: " + CALL.length(), "", CALL).getBytes(StandardCharsets.UTF_8));
            assertThat(ToolsApplication.Hold.TOLD.poll(30, TimeUnit.SECONDS)).isEqualTo("held");
        }
        ToolsApplication.Hold.RELEASE.release();

        assertThat(Ends.ENDS.poll(30, TimeUnit.SECONDS)).isInstanceOf(RunEvent.Completed.class);
    }
}
