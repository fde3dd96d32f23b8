package dev.pocketflow.functions.approval;

import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.pocketflow.functions.approval.Approval.Letter;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunSuspended;
import io.smallrye.common.annotation.Blocking;

/**
 * The page on which the person reads the letter and decides. Everyone who holds the token may decide. A build for Lambda has no
 * pages.
 */
@Path("/approve")
@Blocking
public class Page {
    @Inject
    Flows flows;

    @Inject
    Answers answers;

    @GET
    public Response show(@QueryParam("token") @DefaultValue("") String token) {
        try {
            return answers.form(flows.open(token));
        } catch (RuntimeException refused) {
            return answers.refused(refused);
        }
    }

    /** Accepts the form encoding without files, one of the two that a browser sends. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(@FormParam("token") @DefaultValue("") String token,
            @FormParam("decision") String decision, @FormParam("subject") String subject, @FormParam("text") String text) {
        try {
            RunSuspended run = flows.open(token);
            return "approve".equals(decision) ? approve(run, subject, text) : signal(run, decision, null);
        } catch (RuntimeException refused) {
            return answers.refused(refused);
        }
    }

    /** Answers a form that cannot be read or has hundreds of fields: nothing else of this class throws. */
    @ServerExceptionMapper
    public Response unreadable(RuntimeException form) {
        return form instanceof WebApplicationException refused ? refused.getResponse() : answers.incomplete();
    }

    private Response approve(RunSuspended run, String subject, String text) {
        Letter letter;
        try {
            letter = new Letter(subject, text);
        } catch (IllegalArgumentException e) {
            return answers.incomplete();
        }
        return letter.equals(run.store().get(Approval.LETTER)) ? signal(run, "approve", null)
                : signal(run, "edit", Map.of("subject", letter.subject(), "text", letter.text()));
    }

    private Response signal(RunSuspended run, String action, Object payload) {
        return answers.decided(action, flows.signal(run.token(), action, payload));
    }
}
