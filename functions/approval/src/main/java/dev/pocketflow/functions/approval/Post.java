package dev.pocketflow.functions.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Vertx;

/** Sends e-mail. */
@ApplicationScoped
class Post {
    @Inject
    ReactiveMailer mailer;

    @Inject
    Vertx vertx;

    /** @param key the same for the same letter: many servers and mailboxes accept a Message-ID once only */
    void send(String key, String to, String subject, String text) {
        Mail mail = Mail.withText(to, subject, text)
                .addHeader("Message-ID", "<" + key + "@approval.pocketflow>").addHeader("Idempotency-Key", key);
        // on another thread than Vert.x's own, its client (4.5) sometimes misses the server's greeting and waits for ever
        mailer.send(mail).runSubscriptionOn(send -> vertx.getOrCreateContext().runOnContext(now -> send.run()))
                .await().indefinitely();
    }
}
