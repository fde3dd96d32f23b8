package com.example.orders;

import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.StartOptions;

/** The application's own endpoint: takes an order, and says its state. */
@Path("/")
public class OrderDesk {

    /** The body of a request. */
    public record NewOrder(String order, String article, Integer pieces) {
    }

    @Inject
    Flows flows;

    @POST
    public Response order(NewOrder order) {
        RunResult result = flows.start("fulfil", order, StartOptions.NONE.withIdempotencyKey(order.order()));
        if (result instanceof RunResult.Completed done) {
            String state = done.get(Fulfilment.STATE);
            return Response.status(state.equals("reserved") ? 201 : 409).entity(Map.of("state", state)).build();
        } else if (result instanceof RunResult.Failed failed) {
            return Response.serverError().entity(Map.of("message", failed.message())).build();
        }
        return Response.accepted(Map.of("run", result.run())).build();
    }
}
