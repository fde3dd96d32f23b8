package dev.pocketflow.functions.supervisor;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Store;

/** Lets the agent answer a question, and checks the answer: {@code {"question": "…"}} in, a checked {@code answer} out. */
class Supervisor {
    static final Key<String> QUESTION = Key.of("question", String.class);
    static final Key<String> ANSWER = Key.of("answer", String.class);
    static final Key<Integer> REJECTED = Key.of("rejected", Integer.class);

    /** The question and the answer to check. */
    record Work(String question, String answer) {
        static Work of(Store shared) {
            return new Work(shared.get(QUESTION), shared.get(ANSWER));
        }
    }

    @Produces
    Flow supervisor(Check check) {
        return Flow.named("supervisor")
                .node("agent", new RemoteFlow("agent")).then("check")
                .node("check", check).on("rejected", "agent").ends("accepted").ends("given-up")
                .build();
    }
}
