package dev.pocketflow.functions.clerk;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import io.quarkus.arc.properties.IfBuildProperty;

/**
 * The agent of AGENTS.md whose model learns from its tool's errors: {@code {"question": "…"}} in, {@code answer} and
 * {@code notes} out. It shares a module with the agent, so a property says when it is there.
 */
@IfBuildProperty(name = "docs.clerk", stringValue = "true")
class Clerk {
    static final Key<String> QUESTION = Key.of("question", String.class);
    static final Key<String> ORDER = Key.of("order", String.class);
    static final Key<List<String>> NOTES = Key.listOf("notes", String.class);
    static final Key<String> ANSWER = Key.of("answer", String.class);

    enum Next {
        LOOK_UP,
        ANSWERED,
        GIVEN_UP
    }

    /** The question and the notes so far. */
    record Known(String question, List<String> notes) {
        static Known of(Store shared) {
            return new Known(shared.get(QUESTION), shared.find(NOTES).orElse(List.of()));
        }
    }

    @Produces
    Flow clerk(ChooseOrder choose, LookUp lookUp) {
        return Flow.named("clerk")
                .node("choose", choose).on(Next.LOOK_UP, "look-up").ends(Next.ANSWERED).ends(Next.GIVEN_UP)
                .node("look-up", lookUp).then("choose")
                .build();
    }
}
