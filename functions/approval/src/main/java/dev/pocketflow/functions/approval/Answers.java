package dev.pocketflow.functions.approval;

import java.time.Instant;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;

import dev.pocketflow.FlowException;
import dev.pocketflow.functions.approval.Approval.Letter;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunSuspended;
import io.quarkus.qute.TemplateInstance;

/** Writes the pages. No address, cache or other site learns the token from a page. */
@Singleton
class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    record Form(String to, Letter letter, Instant until, String token) implements TemplateInstance {
    }

    record Message(String title, String text) implements TemplateInstance {
    }

    Response form(RunSuspended run) {
        if (run.until() != null && !Instant.now().isBefore(run.until())) {
            return message(410, "Too late", "This letter waited until " + run.until() + ". It was not sent.");
        }
        return html(200,
                new Form(run.store().get(Approval.TO).text(), run.store().get(Approval.LETTER), run.until(), run.token()));
    }

    Response decided(String action, RunResult result) {
        if (result instanceof RunResult.Failed) {
            return message(500, "Not sent",
                    "Your decision was accepted, but the letter could not be sent. Open this link once more to try again.");
        } else if (!(result instanceof RunResult.Completed)) {
            return message(202, "Decided", "The letter is on its way.");
        }
        return switch (action) {
            case "approve" -> message(200, "Sent", "The letter was sent as it was.");
            case "edit" -> message(200, "Sent", "The letter was sent with your changes.");
            default -> message(200, "Rejected", "The letter was not sent.");
        };
    }

    Response incomplete() {
        return message(400, "Not sent",
                "A letter needs a subject and a text, and neither may be very long. Go back and try again.");
    }

    Response refused(RuntimeException cause) {
        if (cause instanceof EnvelopeRefused refused) {
            return switch (refused.reason()) {
                case EXPIRED -> message(410, "Too late", "This link has expired. The letter was not sent.");
                case USED -> message(409, "Already decided", "This letter was decided on before. Nothing was done now.");
                case BUSY -> message(409, "Being decided", "A decision is being carried out. Nothing was done now.");
                case UNEXPECTED_SIGNAL, DRIFTED, TOO_MANY_HOPS ->
                    message(409, "Not possible",
                            "This letter does not wait for that decision, or no longer. Nothing was done now.");
                default -> message(403, "This link is not valid", "Take it from the e-mail once more, whole.");
            };
        }
        if (cause instanceof BadEvent) {
            return incomplete();
        }
        LOG.errorf("the page failed: %s", cause instanceof FlowException ? cause.getMessage() : cause.getClass().getName());
        return message(503, "Something is wrong here", "Try again later.");
    }

    private static Response message(int status, String title, String text) {
        return html(status, new Message(title, text));
    }

    private static Response html(int status, TemplateInstance page) {
        return Response.status(status).type("text/html;charset=UTF-8").entity(page.render())
                .header("Referrer-Policy", "no-referrer").header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
                        + "base-uri 'none'; frame-ancestors 'none'")
                .build();
    }
}
