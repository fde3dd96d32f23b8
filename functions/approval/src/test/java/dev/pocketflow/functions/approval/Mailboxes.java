package dev.pocketflow.functions.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;

/** The e-mails that the SMTP server accepted. */
public final class Mailboxes {
    private static final Pattern LINK = Pattern.compile(Pattern.quote(Smtp.PAGE) + "/approve\\?token=(\\S+)");

    private final GreenMail server;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();

    /** An e-mail, decoded. */
    record Received(String subject, String text, String messageId, String idempotencyKey, List<String> headers) {
    }

    Mailboxes(GreenMail server) {
        this.server = server;
        MessageDeliveryHandler deliver = server.getUserManager().getMessageDeliveryHandler();
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            if (refusals.getAndUpdate(Mailboxes::less) > 0) {
                throw new MessagingException("refused, as the test has it");
            }
            var user = deliver.handle(message, address);
            if (lostAnswers.getAndUpdate(Mailboxes::less) > 0) {
                user.deliver(message);
                throw new MessagingException("delivered, and not acknowledged, as the test has it");
            }
            return user;
        });
    }

    private static int less(int count) {
        return Math.max(0, count - 1);
    }

    void reset() throws FolderException {
        refuse(0);
        loseAnswers(0);
        server.purgeEmailFromAllMailboxes();
    }

    /** Refuses the next e-mails. */
    void refuse(int count) {
        refusals.set(count);
    }

    /** Accepts the next e-mails, and tells the sender that they were refused. */
    void loseAnswers(int count) {
        lostAnswers.set(count);
    }

    List<Received> of(String address) {
        return server.findReceivedMessages(user -> user.getEmail().equals(address), message -> true).map(Mailboxes::received)
                .toList();
    }

    /** {@return the token in the only e-mail to the reviewer} */
    String token() {
        List<Received> mails = of(Smtp.REVIEWER);
        assertThat(mails).hasSize(1);
        Matcher link = LINK.matcher(mails.get(0).text());
        assertThat(link.find()).as("there is a link in %s", mails.get(0)).isTrue();
        return link.group(1);
    }

    private static Received received(MimeMessage mail) {
        try {
            return new Received(mail.getSubject(), mail.getContent().toString().replace("\r\n", "\n").stripTrailing(),
                    mail.getMessageID(),
                    mail.getHeader("Idempotency-Key", null), Collections.list(mail.getAllHeaderLines()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

}
