package dev.pocketflow.bench.bare;

import java.util.Map;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** {@code POST /} takes the state and answers with the outcome. */
@Path("/")
public class OverHttp {

    @POST
    public Counted count(Map<String, Object> state) {
        return Counted.of(state);
    }
}
