package dev.pocketflow.bench.bareagent;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import dev.pocketflow.bench.bareagent.Research.Answered;
import dev.pocketflow.bench.bareagent.Research.Question;

/** {@code POST /} takes a question and answers it. */
@Path("/")
public class ResearchOverHttp {

    @Inject
    Research research;

    @POST
    public Answered ask(Question question) {
        return research.of(question);
    }
}
