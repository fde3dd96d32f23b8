package dev.pocketflow.functions.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The page is the only part of the function that the world can reach. */
@QuarkusTest
@WithTestResource(value = Smtp.class, initArgs = @ResourceArg(name = "events", value = "deny"))
class DoorTest {

    Mailboxes mailboxes;

    @ParameterizedTest
    @ValueSource(strings = { "/", "//", "/;a=b", "/?a=b", "/./", "/approve/..", "/approve/../", "/approve/%2e%2e/",
            "/q/health/../..",
            "/q/health/..%2f..", "/approve;/../", "/%3b" })
    void event_startsNothing_withAnyFormOfItsPath(String path) throws Exception {
        mailboxes.reset();

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"to\":\"" + ApprovalTest.TO + "\",\"request\":\"tea\"}")).build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 403, 404, 405);
        assertThat(answer.headers().firstValue("Content-Type")).as("what the function answers: %s", answer.body()).isNotIn(
                Optional.of("application/json"), Optional.of("application/problem+json"));
        assertThat(mailboxes.of(Smtp.REVIEWER)).isEmpty();
    }

    @Test
    void eventAndGraph_areDenied() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(403);
        given().accept("text/event-stream").contentType("application/json").body("{}").post("/").then().statusCode(403);
        given().get("/flow").then().statusCode(403);
        given().get("/no-such-path").then().statusCode(403);
    }

    /** A stranger's request must not be an error of the function. */
    @Test
    void invalidForm_isRefused() throws Exception {
        String form = "application/x-www-form-urlencoded";
        assertThat(decide(form, "token=%zz&decision=%")).isEqualTo(400);
        assertThat(decide(form, "a=1&".repeat(2_000))).isEqualTo(400);
        assertThat(decide(form, "decision=approve")).isEqualTo(403);
        assertThat(decide("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"token\"; "
                + "filename=\"x\"\r\n\r\nabc\r\n--B--\r\n")).isEqualTo(415);
        assertThat(decide("multipart/form-data", "none")).isEqualTo(415);
        assertThat(decide("text/plain", "token=none\r\n")).isEqualTo(415);
    }

    private static int decide(String type, String form) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/approve"))
                        .header("Content-Type", type).POST(BodyPublishers.ofString(form)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void pageAndHealth_answer() {
        given().get("/approve?token=none").then().statusCode(403).contentType(containsString("text/html"));
        given().get("/q/health/ready").then().statusCode(200);
    }
}
