package dev.pocketflow.quarkus.deployment.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;

/** The part of the guide about failed runs: its commands, and the unchanged dead letters of a local cloud. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's commands are a shell's")
class ReplayTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAGE = Pages.ROOT.resolve("src/docs/guides/replay.md");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(ReplayTest.class, Pages.class, Write.class, Flows.class)
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller")
            .overrideConfigKey("quarkus.pocketflow.envelope.keys.k1", "tDtOfjF5ZbTmU0oiRFrVQjm0TRdcHeCQpKPVnBLUYPE=");

    private static LocalCloud cloud;

    @TestHTTPResource("/")
    URL url;

    private final Path directory = Path.of("target", "replay").toAbsolutePath();

    /** Fails until it is repaired. */
    static class Write implements Node<String, String> {

        static volatile boolean mended;

        @Override
        public String prep(Store shared) {
            return (String) shared.get("topic");
        }

        @Override
        public String exec(String topic) throws IOException {
            if (!mended) {
                throw new IOException("not yet");
            }
            return "About " + topic + ".";
        }

        @Override
        public String post(Store shared, String topic, String text) {
            shared.put("text", text);
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow writer(Write write) {
            return Flow.named("writer").node("write", write).build();
        }
    }

    @BeforeAll
    static void start() {
        cloud = LocalCloud.builder().queue("letters").function("writer", spec -> spec.maximumRetryAttempts(0)
                .deadLetterQueue("letters").handler((event, context) -> {
                    throw new IllegalStateException("crashed");
                })).start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void mended() {
        cloud.reset();
        Write.mended = true;
    }

    private static Response post(String event) {
        return given().contentType("application/json").body(event).post("/");
    }

    /** {@return the envelope of a failed run from the answer} */
    private static String parked() {
        Write.mended = false;
        String answer = post("{\"topic\":\"fjords\"}").then().statusCode(500).body("failure.node", equalTo("write")).extract()
                .asString();
        Write.mended = true;
        int start = answer.indexOf("\"envelope\":") + "\"envelope\":".length();
        try {
            return JSON.readTree(answer.substring(start)).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String crashed(String event) throws Exception {
        cloud.lambda().invokeAsync("writer", event).completion().get(2, TimeUnit.MINUTES);
        return cloud.lambda().deadLetters().get(0).invocationRecord();
    }

    /** {@return the output of the AWS CLI: the service's own answer} */
    private static String received() throws Exception {
        String request = "{\"QueueUrl\":\"" + cloud.sqs().queueUrl("letters")
                + "\",\"WaitTimeSeconds\":10,\"MaxNumberOfMessages\":1,\"MessageAttributeNames\":[\"All\"]}";
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(cloud.sqs().endpoint())
                .header("Content-Type", "application/x-amz-json-1.0").header("X-Amz-Target", "AmazonSQS.ReceiveMessage")
                .POST(HttpRequest.BodyPublishers.ofString(request)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void invocationRecordOfTheLocalCloud_isReplayed() throws Exception {
        post(crashed("{\"topic\":\"fjords\"}")).then().statusCode(200).body("store.text", equalTo("About fjords."));
        cloud.reset();
        post(crashed(parked())).then().statusCode(200).body("store.text", equalTo("About fjords."));
    }

    @Test
    void deadLetterOfTheLocalCloudsQueue_isReplayed() throws Exception {
        String envelope = parked();
        crashed(envelope);

        JsonNode letter = JSON.readTree(received());

        assertThat(letter.at("/Messages/0/Body").asText()).isEqualTo(envelope);
        assertThat(letter.at("/Messages/0/MessageAttributes").fieldNames()).toIterable()
                .containsExactlyInAnyOrder("RequestID", "ErrorCode", "ErrorMessage");
        post(letter.toString()).then().statusCode(200).body("store.text", equalTo("About fjords."));
        post(letter.at("/Messages/0").toString()).then().statusCode(200).body("store.text", equalTo("About fjords."));
    }

    @Test
    void letterOfThePage_startsTheRun() throws IOException {
        String letter = Pages.blocks("json").filter(block -> block.page().equals(PAGE)).map(Pages.Block::text)
                .filter(text -> text.contains("requestPayload")).findFirst().orElseThrow();

        post(letter).then().statusCode(200).body("store.text", equalTo("About fjords."));
    }

    @Test
    void severalMessages_areRefused_withTheCommandOfThePage() throws Exception {
        crashed("{\"topic\":\"fjords\"}");
        String message = JSON.readTree(received()).at("/Messages/0").toString();

        String detail = post("{\"Messages\":[" + message + "," + message + "]}").then().statusCode(400).extract()
                .path("detail");

        assertThat(detail).contains("there are 2 messages", "jq '.Messages[0]'");
        assertThat(Pages.text(PAGE)).contains("jq '.Messages[1]'");
    }

    /** Runs each command unchanged except for the port, in a directory with the files that it names. */
    @Test
    void commandsOfThePage_replayTheRun() throws Exception {
        String envelope = parked();
        crashed(envelope);
        String letter = received();
        String message = JSON.readTree(letter).at("/Messages/0").toString();
        Files.createDirectories(directory.resolve("parked"));
        Files.writeString(directory.resolve("parked/01K…3.json"), envelope);
        Files.writeString(directory.resolve("function.log"),
                "12:00 ERROR [dev.pocketflow.park] (main) run=01K hop=3 flow=writer "
                        + "node=write type=java.io.IOException envelope=" + envelope + "\n12:01 INFO the end\n");
        Files.writeString(directory.resolve("letters.json"), "{\"Messages\":[{}," + message + "]}");
        Files.writeString(directory.resolve("answer"), letter);
        Files.writeString(directory.resolve("aws"), "#!/bin/sh\ncat \"$(dirname \"$0\")/answer\"\n");
        directory.resolve("aws").toFile().setExecutable(true);

        List<String> blocks = Pages.blocks("bash").filter(block -> block.page().equals(PAGE)).map(Pages.Block::text)
                .filter(text -> text.contains("curl")).toList();
        assertThat(blocks).hasSize(3);
        for (String block : blocks) {
            long posts = block.lines().filter(line -> line.contains("curl")).count();
            assertThat(shell(block)).as(block).containsPattern("(?s)(.*\"text\":\"About fjords\\.\".*){" + posts + "}");
        }
    }

    private String shell(String commands) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c",
                commands.replace("http://localhost:8080/", URI.create(url.toString()).toString()))
                .directory(directory.toFile());
        shell.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        shell.environment().put("QUEUE", cloud.sqs().queueUrl("letters"));
        shell.environment().put("LC_ALL", "C.UTF-8");
        Process process = shell.redirectError(directory.resolve("errors").toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", commands, Files.readString(directory.resolve("errors"))).isZero();
        return said;
    }
}
