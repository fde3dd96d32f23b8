package dev.pocketflow.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** What comes twice, what is cancelled, and what fails, with a ledger in memory and all hops in one process. */
class LedgerTest {

    private static final Path PARKED = Path.of("target/parked").toAbsolutePath();

    @RegisterExtension
    static final QuarkusUnitTest APP = App.of(Ask.CLASSES).overrideConfigKey("pocketflow.checkpoint", "step")
            .overrideConfigKey("pocketflow.ledger.poll", "0s").overrideConfigKey("pocketflow.park", "directory")
            .overrideConfigKey("pocketflow.park.directory", PARKED.toString());

    private static Response send(Object body, String... headers) {
        var request = given().config(App.EXACT).contentType("application/json").body(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.post("/");
    }

    @Test
    void eventThatComesTwice_isOneRun_answeredAlike() throws Exception {
        for (String[] headers : new String[][] { { "Idempotency-Key", "order 7" },
                { "ce-specversion", "1.0", "ce-id", "7", "ce-source", "/orders", "ce-type", "order" } }) {
            Response first = send("{}", headers);
            assertThat(send("{}", headers).asString()).isEqualTo(first.asString());
        }
        assertThat(send("{}").<String> path("run")).isNotEqualTo(send("{}").path("run"));
        Ask.Told.RUNS.clear();
    }

    @Test
    void runIsBrought_toItsEnd_byTheTimersOfThisProcess() throws Exception {
        Ask.Told.RUNS.clear();
        send("{\"failures\":2}");
        String token = Ask.Told.RUNS.take().token();

        Map<String, Object> signal = Map.of("pocketflow", Map.of("token", token, "signal", "approved", "action", "no"));
        send(signal).then().statusCode(202).body("status", equalTo("suspended"));
        String again = Ask.Told.RUNS.poll(10, TimeUnit.SECONDS).token();
        send(Map.of("pocketflow", Map.of("token", again, "signal", "approved", "action", "yes"))).then().statusCode(202);

        // the pause, two failures and what follows them happen in nobody's request: a duplicate tells when all is done
        await(() -> send(Map.of("pocketflow", Map.of("token", again, "signal", "approved", "action", "yes"))).path("title"),
                "USED");
    }

    @Test
    void runThatWorks_isCancelledByItsId_beforeItsNextStep() throws Exception {
        Response started = send("{}");
        String run = started.path("run");
        String token = started.path("token");

        send(Map.of("pocketflow", Map.of("cancel", run))).then().statusCode(202).body("status", equalTo("cancelling"));
        Response cancelled = send(Map.of("pocketflow", Map.of("token", token, "signal", "approved", "action", "yes")));

        cancelled.then().statusCode(500).body("failure.type", containsString("Stopped"))
                .body("failure.message", containsString("cancelled"));
        assertThat(Files.readString(PARKED.resolve(run + "." + cancelled.<Integer> path("envelope.hop") + ".json")))
                .contains("\"failure\":{\"flow\":\"ask\"");
    }

    @Test
    void emptyIdentity_isNone() {
        assertThat(send("{}", "Idempotency-Key", "").<String> path("run"))
                .isNotEqualTo(send("{}", "Idempotency-Key", "").path("run"));
    }

    @Test
    void cancellation_isStreamedLikeAnyAnswer() {
        assertThat(send(Map.of("pocketflow", Map.of("cancel", "01M8159BT9N1P4WXSA0ZT0V1QG")), "Accept", "text/event-stream")
                .asString()).contains("event:outcome", "cancelling");
    }

    @Test
    void runThatIsUnderWay_isCancelledInTheMidst() throws Exception {
        CompletableFuture<Response> answer = CompletableFuture
                .supplyAsync(() -> send("{\"ms\":1500}", "Idempotency-Key", "slow"));
        String run = Ask.SLOW.poll(10, TimeUnit.SECONDS);
        send("{\"ms\":1500}", "Idempotency-Key", "slow").then().statusCode(409).body("title", equalTo("BUSY"))
                .header("Retry-After", equalTo("5")).body("detail", containsString("another invocation works on run " + run));
        send(Map.of("pocketflow", Map.of("cancel", run))).then().statusCode(202);

        answer.get().then().statusCode(500).body("failure.message", containsString("cancelled"));
    }

    @Test
    void failedRun_isParked_andGoesOnFromThere_whileItsEventIsAnswered() throws Exception {
        Response failed = send("{\"deaf\":true}", "Idempotency-Key", "deaf");
        failed.then().statusCode(500);
        Path file = PARKED.resolve(failed.path("run") + ".1.json");

        String parked = Files.readString(file);
        assertThat(parked).contains("\"node\":\"approval\"", "\"type\":\"dev.pocketflow.FlowException\"");
        send("{\"deaf\":true}", "Idempotency-Key", "deaf").then().statusCode(500)
                .body("failure.message", containsString("an observer of RunSuspended failed"));
        send(parked).then().statusCode(500).body("envelope.hop", equalTo(2)); // it goes on, and they fail once more
    }

    @Test
    void envelopeThatIsNoneOfOurs_isNotKept() throws Exception {
        Response failed = send("{\"deaf\":true}");
        Map<String, Object> other = new LinkedHashMap<>(failed.path("envelope"));
        String run = failed.path("run");
        Files.delete(PARKED.resolve(run + ".1.json"));
        other.remove("seal");

        send(other).then().statusCode(403); // whoever made it: it is none of ours, and not kept

        assertThat(PARKED.resolve(run + ".1.json")).doesNotExist();
    }

    private static void await(Supplier<Object> value, Object expected) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!expected.equals(value.get())) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
