package dev.pocketflow.functions.approval;

import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.functions.approval.Approval.Letter;
import dev.pocketflow.quarkus.RunSuspended;
import io.quarkus.qute.TemplateInstance;

/** The person who decides. An e-mail tells the person, with a link to the page or, without a page, with the event to send. */
@ApplicationScoped
class Reviewer {
    @Inject
    Post post;

    @ConfigProperty(name = "approval.reviewer")
    String address;

    @ConfigProperty(name = "approval.url")
    Optional<String> url;

    /** The text of the e-mail; the link is null without a page. */
    record Waiting(String to, String subject, String text, Instant until, String link, String token)
            implements
                TemplateInstance {
    }

    @Retry(delay = 1000)
    @Timeout(30_000)
    void tell(@Observes RunSuspended run) {
        Letter letter = run.store().get(Approval.LETTER);
        String link = url.map(base -> base + "/approve?token=" + run.token()).orElse(null);
        String text = new Waiting(run.store().get(Approval.TO).text(), letter.subject(), Visible.quoted(letter.text()),
                run.until(), link, run.token()).render();
        post.send(run.run() + "/" + run.signal(), address, "To approve: " + letter.subject(), text);
    }
}
