package dev.pocketflow.quarkus.deployment.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.ReactiveFlows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.docs.GuideFlows.Ship;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** The code of the guide on {@link Flows}. */
class FlowsGuideTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(GuideFlows.class, Ship.class, Ship.Line.class, GuideFlows.Letter.class, Desk.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "ship");

    @Path("/orders")
    public static class Desk {
        @Inject
        Flows flows;

        @POST
        public Response order(@HeaderParam("Order") String order, @QueryParam("count") int count) {
            Map<String, Object> input = Map.of("lines", List.of(new Ship.Line("tea", count)), "due", "2026-12-24");
            RunResult result = flows.start("ship", input, StartOptions.NONE.withIdempotencyKey(order));
            if (result instanceof RunResult.Completed done) {
                return Response.ok(done.get(Ship.PIECES).toString()).build();
            } else if (result instanceof RunResult.Failed failed) {
                return Response.serverError().entity(failed.message()).build();
            }
            return Response.accepted(result.run()).build(); // it was handed over, or waits for a signal
        }

        @POST
        @Path("quick")
        public Uni<String> quick(@QueryParam("count") int count) {
            Map<String, Object> input = Map.of("lines", List.of(new Ship.Line("tea", count)), "due", "2026-12-24");
            return flows.reactive().start("ship", input).map(result -> result.run());
        }

        @GET
        @Path("{run}")
        public String status(@PathParam("run") String run) {
            RunStatus status = flows.status(run).orElseThrow(NotFoundException::new);
            if (status instanceof RunResult.Completed done) {
                return "shipped " + done.get(Ship.PIECES) + " pieces";
            } else if (status instanceof RunStatus.Running || status instanceof RunResult.HandedOver) {
                return "on its way";
            }
            return status.toString();
        }

        @POST
        @Path("wrong")
        public String wrong() {
            return flows.start("ship", Map.of()).run();
        }
    }

    @Inject
    Flows flows;

    @Inject
    ReactiveFlows reactive;

    @Test
    void order_isShipped() {
        RunResult result = flows.start("ship", Map.of("lines", List.of(new Ship.Line("tea", 2)), "due", "2026-12-24"));

        assertThat(((RunResult.Completed) result).get(Ship.PIECES)).isEqualTo(2);
    }

    @Test
    void endpoint_startsARun() {
        given().header("Order", "7").post("/orders?count=3").then().statusCode(200).body(equalTo("3"));
        given().post("/orders/quick?count=3").then().statusCode(200);
    }

    @Test
    void endpoint_tellsTheStatus() throws Exception {
        RunResult begun = flows.start("ship", Map.of("lines", List.of(new Ship.Line("tea", 4)), "due", "2026-12-24"));
        CompletableFuture<RunResult> outcome = flows.outcome(begun.run());

        assertThat(outcome.get()).hasToString(begun.toString());
        given().get("/orders/" + begun.run()).then().statusCode(200).body(equalTo("shipped 4 pieces"));
        given().get("/orders/01M8159BT9N1P4WXSA0ZT0V1QG").then().statusCode(404);
    }

    @Test
    void inputOfAnEndpoint_isRefusedAsThatOfTheFunction() {
        given().post("/orders/wrong").then().statusCode(400).contentType("application/problem+json")
                .body("errors.pointer", equalTo(List.of("#/lines", "#/due")));
    }

    @Test
    void suspendedRun_continuesWithItsSignal() {
        RunResult.Suspended waiting = (RunResult.Suspended) flows.start("letter", Map.of("text", "Dear Bob"));
        String token = waiting.token().orElseThrow();

        RunSuspended run = flows.open(token);
        RunResult next = flows.signal(token, "yes", Map.of("by", "Ada"));

        assertThat(run.signal()).isEqualTo("approval");
        assertThat(((RunResult.Completed) next).get(GuideFlows.Letter.TEXT)).isEqualTo("Dear Bob, sent for Ada");
        assertThatThrownBy(() -> flows.signal(token, "no", null)).isInstanceOf(EnvelopeRefused.class);
        assertThat(reactive.open(token).await().indefinitely().run()).isEqualTo(run.run());
    }
}
