package dev.pocketflow.functions.approval;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;

/** Sends a letter that a person has approved. */
class Approval {
    static final Key<Address> TO = Key.of("to", Address.class).describedAs("An e-mail address, such as ada@example.com");
    static final Key<String> REQUEST = Key.of("request", String.class).describedAs("What to write about");
    static final Key<Letter> LETTER = Key.of("letter", Letter.class).describedAs("The letter that was sent");
    /** The payload of the signal if the letter was changed. */
    static final Key<Letter> CHANGED = Key.of("approval", Letter.class);

    /** The text that is sent, exactly as the approver sees it: nothing in it is hidden. */
    record Letter(String subject, String text) {
        private static final int MOST_OF_SUBJECT = 200;
        private static final int MOST_OF_TEXT = 50_000;

        Letter {
            if (subject == null || subject.isBlank() || text == null || text.isBlank()) {
                throw new IllegalArgumentException("a letter has a subject and a text");
            }
            subject = Visible.line(subject);
            text = Visible.text(text);
            if (subject.length() > MOST_OF_SUBJECT || text.length() > MOST_OF_TEXT) {
                throw new IllegalArgumentException("a letter's subject has at most " + MOST_OF_SUBJECT
                        + " characters, and its text " + MOST_OF_TEXT);
            }
        }
    }

    @Produces
    Flow approval(Draft draft, Send send, @ConfigProperty(name = "approval.expires") Duration expires) {
        return Flow.named("approval").describedAs("Drafts a letter, and sends it when a person has approved it")
                .takes(TO, REQUEST).gives(LETTER)
                .node("draft", draft).then("approval")
                .node("approval", Await.signal(CHANGED).expires(expires))
                .on("approve", "send").on("edit", "change").ends("reject").ends(Await.EXPIRED)
                .node("change", Node.of(CHANGED, changed -> changed, LETTER)).then("send")
                .node("send", send)
                .build();
    }
}
