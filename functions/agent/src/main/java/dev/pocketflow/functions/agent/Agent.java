package dev.pocketflow.functions.agent;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;

/** Researches a question. */
class Agent {
    static final Key<String> QUESTION = Key.of("question", String.class).describedAs("What to research");
    static final Key<String> QUERY = Key.of("query", String.class);
    static final Key<List<Note>> NOTES = Key.listOf("notes", Note.class).describedAs("What the web pages say");
    static final Key<String> ANSWER = Key.of("answer", String.class).describedAs("The answer, which rests on the notes");

    /** A note of a web page. */
    record Note(String title, String url, String text) {
    }

    /** The question and the notes so far. */
    record Known(String question, List<Note> notes) {
        static Known of(Store shared) {
            String question = shared.get(QUESTION);
            if (question.isBlank()) {
                throw new FlowException.BadInput("the question is blank. Send {\"question\": \"...\"}");
            }
            return new Known(question, shared.find(NOTES).orElse(List.of()));
        }
    }

    @Produces
    Flow agent(Decide decide, Search search, Answer answer) {
        return Flow.named("agent").describedAs("Researches a question on the web")
                .takes(QUESTION).gives(ANSWER, NOTES)
                .node("decide", decide).on("search", "search").on("answer", "answer")
                .node("search", search).then("decide")
                .node("answer", answer)
                .build();
    }
}
