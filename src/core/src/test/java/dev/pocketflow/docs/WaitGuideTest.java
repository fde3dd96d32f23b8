package dev.pocketflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.Wait;

/** The flow that the guide on waiting shows. */
class WaitGuideTest {

    static final Key<String> TEXT = Key.of("text", String.class);
    static final Key<Decision> APPROVAL = Key.of("approval", Decision.class);

    record Decision(String by) {
    }

    private static Flow letter() {
        Node<String, String> draft = Node.of(TEXT, text -> "Dear all, " + text, TEXT);
        Node<String, String> send = Node.of(TEXT, text -> text, TEXT);

        return Flow.named("letter")
                .node("draft", draft).then("approval")
                .node("approval", Await.signal(APPROVAL).expires(Duration.ofDays(7)))
                .on("yes", "night").on("no", "draft").ends("expired")
                .node("night", Wait.of(Duration.ofHours(8))).then("send")
                .node("send", send).retryLater(Duration.ofMinutes(5), 10)
                .build();
    }

    @Test
    void letter_waitsForItsApproval_andThenForTheNight() {
        Flow letter = letter();
        Outcome suspended = letter.run(Store.create().put(TEXT, "it rains."));
        Outcome later = Run.resume(letter, ((Outcome.Suspended) suspended).envelope())
                .signal("approval", "yes", Map.of("by", "Ada")).start();

        assertThat(later).isInstanceOf(Outcome.HandedOver.class);
        assertThat(later.store().get(APPROVAL)).isEqualTo(new Decision("Ada"));
    }
}
