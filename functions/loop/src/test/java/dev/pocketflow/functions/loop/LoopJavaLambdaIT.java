package dev.pocketflow.functions.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.lambda.FunctionSpec;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.url.FunctionUrl;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The zip of the JVM build, in AWS's own Java runtime, with the handler of {@code infra/aws/jvm.yaml}. It needs the build
 * without {@code -Dnative}, so it runs only by its name.
 */
class LoopJavaLambdaIT {

    /** The jars that the runtime brings itself. */
    private static final List<Class<?>> RUNTIME = List.of(AWSLambda.class, PojoSerializer.class, SdkInternalThreadLocal.class);
    private static final String KEY = "QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1";

    @TempDir
    static Path task;
    private static LocalLambda lambda;

    @BeforeAll
    static void unpack() throws IOException {
        try (ZipFile zip = new ZipFile("target/function.zip")) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file = task.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file);
                }
            }
        }
        lambda = LocalLambda.builder()
                .function("loop", spec -> java(spec).env(KEY, System.getenv("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_TEST"))
                        .env("QUARKUS_POCKETFLOW_HAND_OVER", "caller").env("QUARKUS_POCKETFLOW_BUDGET_STEPS", "2"))
                .function("keyless", LoopJavaLambdaIT::java).start();
    }

    @AfterAll
    static void stop() {
        lambda.close();
    }

    /** The command of the runtime: the files of the zip are its class path. */
    private static FunctionSpec java(FunctionSpec spec) {
        List<String> classPath = new ArrayList<>(List.of(task.toString()));
        try (Stream<Path> jars = Files.list(task.resolve("lib"))) {
            jars.sorted().map(Path::toString).forEach(classPath::add);
        } catch (IOException e) {
            throw new IllegalStateException("function.zip has no lib, as if it were of a native build", e);
        }
        RUNTIME.forEach(
                type -> classPath.add(new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString()));
        return spec.command(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                String.join(File.pathSeparator, classPath), AWSLambda.class.getName(), handler())
                .initTimeout(Duration.ofSeconds(60)).timeout(Duration.ofSeconds(60));
    }

    private static String handler() {
        try {
            return Pattern.compile("^ +Handler: (\\S+)$", Pattern.MULTILINE)
                    .matcher(Files.readString(Path.of("../../infra/aws/jvm.yaml"))).results().map(MatchResult::group)
                    .map(line -> line.strip().substring("Handler: ".length())).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void runCompletes_hopByHop() {
        InvokeResult first = lambda.invoke("loop", "{\"until\":3}");
        assertThat(first.functionError()).as(first.payload()).isNull();
        JsonNode left = Executable.json(first.payload());
        assertThat(left.path("status").asText()).isEqualTo("handed-over");

        JsonNode outcome = Executable.json(lambda.invoke("loop", left.path("envelope").toString()).payload());
        assertThat(outcome.path("status").asText()).isEqualTo("completed");
        assertThat(outcome.at("/store/count").asInt()).isEqualTo(3);
    }

    @Test
    void requestToItsUrl_isAnsweredByHttp() throws Exception {
        try (FunctionUrl url = FunctionUrl.open(lambda, "loop", 0)) {
            assertThat(post(url.uri(), "{\"until\":1}").statusCode()).isEqualTo(200);
            assertThat(post(url.uri(), "{\"until\":\"1\"}").statusCode()).isEqualTo(400);
        }
    }

    private static HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void functionDoesNotStart_withoutAKey() {
        InvokeResult result = lambda.invoke("keyless", "{\"until\":1}");
        assertThat(result.functionError()).isNotNull();
        assertThat(result.logTail()).contains("there is no key to seal envelopes with");
    }
}
