package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.sun.net.httpserver.HttpServer;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** An application that is configured by its environment only, as on Lambda, Knative and Cloud Run. */
class EnvironmentTest {

    private static final String KEY = "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIGFuZCBub3RoaW5nIGVsc2U=";

    @RegisterExtension
    static final QuarkusProdModeTest APP = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Flows.class, Spend.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest", Version.getVersion())))
            .setApplicationName("environment").setApplicationVersion("1").setRun(false);

    @ProdBuildResults
    ProdModeTestResults built;

    static class Spend implements Node<Object, Object> {
        @Override
        public Object exec(Object nothing) {
            Visit.current().use("cost-cents", 5);
            return null;
        }

        @Override
        public String post(Store shared, Object nothing, Object result) {
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow flow(Spend spend) {
            return Flow.named("here").node("spend", spend).then("away").node("away", new RemoteFlow("my-agent")).build();
        }
    }

    /** The application as a process, configured by variables only. */
    private final class Started implements AutoCloseable {
        private final Process process;
        private final StringBuilder log = new StringBuilder();
        private int port = -1;

        Started(Map<String, String> variables) throws IOException {
            Path jar = built.getBuildDir().resolve("quarkus-app/quarkus-run.jar");
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(Map.of("QUARKUS_HTTP_PORT", "0", "QUARKUS_HTTP_HOST", "127.0.0.1"));
            builder.environment().putAll(variables);
            process = builder.start();
            read();
        }

        /** Until it listens, or has ended. */
        private void read() throws IOException {
            var lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n');
                int listening = line.indexOf("Listening on: http://127.0.0.1:");
                if (listening >= 0) {
                    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
                    return;
                }
            }
        }

        List<String> warnings() {
            return log.toString().lines().filter(line -> line.contains(" WARN ")).toList();
        }

        HttpResponse<String> post() throws Exception {
            assertThat(port).as(log.toString()).isPositive();
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    private static Map<String, String> variables(String... more) {
        Map<String, String> variables = new HashMap<>(Map.of("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_MY_KEY", KEY,
                "QUARKUS_POCKETFLOW_ENVELOPE_KEYS_OLD", KEY, "QUARKUS_POCKETFLOW_ENVELOPE_KEY", "my-key"));
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    @Test
    void namesWithDashes_areGivenByVariablesAlone() throws Exception {
        assertGiven("QUARKUS_POCKETFLOW_REMOTE_MY_AGENT");
    }

    @Test
    @Tag("full") // the test above has the other spelling in every build
    void namesWithDashes_areGivenByVariablesAlone_inTheirOtherSpelling() throws Exception {
        assertGiven("QUARKUS_POCKETFLOW_REMOTE__MY_AGENT_");
    }

    private void assertGiven(String remote) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/agent", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        agent.start();
        try (Started app = new Started(variables("QUARKUS_POCKETFLOW_HAND_OVER", "http", remote,
                "http://127.0.0.1:" + agent.getAddress().getPort() + "/agent", "QUARKUS_POCKETFLOW_BUDGET_USAGE_COST_CENTS",
                "6"))) {
            HttpResponse<String> answer = app.post();

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            String seal = received.take().replaceFirst("(?s).*\"seal\":\"([^.]*)\\..*", "$1");
            assertThat(new String(Base64.getUrlDecoder().decode(seal), StandardCharsets.UTF_8))
                    .contains("\"kid\":\"my-key\"");
            assertThat(app.warnings()).isEmpty();
        } finally {
            agent.stop(0);
        }
    }

    @Test
    void unusedSetting_isWarnedAbout_byName() throws Exception {
        try (Started app = new Started(
                variables("QUARKUS_POCKETFLOW_HAND_OVR", "http", "QUARKUS_POCKETFLOW_REMOTE_MY_AGNET", "http://a",
                        "QUARKUS_POCKETFLOW_BUDGET_USAGE_COST_CENT", "5", "QUARKUS_POCKETFLOW_BUDGET_USAGE_COST_CENTS", "5",
                        "QUARKUS_POCKETFLOW_ENVELOPE_SEAL", "none", "POCKETFLOW_PARK", "log"))) {
            assertThat(app.warnings()).hasSize(5)
                    .anyMatch(line -> line.contains("POCKETFLOW_PARK is not read: the key is QUARKUS_POCKETFLOW_PARK"))
                    .anyMatch(line -> line.contains("QUARKUS_POCKETFLOW_HAND_OVR is no key"))
                    .anyMatch(line -> line.contains("quarkus.pocketflow.remote.my.agnet") && line.contains("[my-agent]"))
                    .anyMatch(
                            line -> line.contains("quarkus.pocketflow.budget.usage.cost.cent ") && line.contains("[cost-cents"))
                    .anyMatch(line -> line.contains("quarkus.pocketflow.envelope.seal is none"));
            HttpResponse<String> answer = app.post();
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("it has used 5 cost-cents");
        }
    }

    @Test
    void twoSpellingsOfOneName_areRefused_byTheirNames() throws Exception {
        try (Started app = new Started(
                variables("QUARKUS_POCKETFLOW_REMOTE_MY_AGENT", "http://a", "QUARKUS_POCKETFLOW_REMOTE__MY_AGENT_",
                        "http://b"))) {
            assertThat(app.process.waitFor()).isNotZero();
            assertThat(app.log).contains("QUARKUS_POCKETFLOW_REMOTE_MY_AGENT and QUARKUS_POCKETFLOW_REMOTE__MY_AGENT_");
        }
    }
}
