package dev.pocketflow.functions.supervisor;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Store;

/** Lets the agent answer a question, and checks the answer. */
class Supervisor {
    static final Key<String> QUESTION = Key.of("question", String.class).describedAs("What to research");
    static final Key<String> ANSWER = Key.of("answer", String.class).describedAs("The last answer of the agent");
    static final Key<Integer> REJECTED = Key.of("rejected", Integer.class)
            .describedAs("The number of answers that were rejected");

    /** The question and the answer to check. */
    record Work(String question, String answer) {
        static Work of(Store shared) {
            return new Work(shared.get(QUESTION), shared.get(ANSWER));
        }
    }

    @Produces
    Flow supervisor(Check check) {
        return Flow.named("supervisor").describedAs("Lets the agent answer a question, and checks the answer")
                .takes(QUESTION).gives(ANSWER, REJECTED)
                .node("agent", new RemoteFlow("agent")).then("check")
                .node("check", check).on("rejected", "agent").ends("accepted").ends("given-up")
                .build();
    }
}
