package dev.pocketflow.functions.agent;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;

/** Researches a question: {@code {"question": "…"}} in, {@code answer} and its {@code notes} out. */
class Agent {
    static final Key<String> QUESTION = Key.of("question", String.class);
    static final Key<String> QUERY = Key.of("query", String.class);
    static final Key<List<Note>> NOTES = Key.listOf("notes", Note.class);
    static final Key<String> ANSWER = Key.of("answer", String.class);

    /** A note of a web page. */
    record Note(String title, String url, String text) {
    }

    /** The question and the notes so far. */
    record Known(String question, List<Note> notes) {
        static Known of(Store shared) {
            return new Known(shared.find(QUESTION).filter(question -> !question.isBlank()).orElseThrow(
                    () -> new FlowException.BadInput("there is no question. Send {\"question\": \"...\"}")),
                    shared.find(NOTES).orElse(List.of()));
        }
    }

    @Produces
    Flow agent(Decide decide, Search search, Answer answer) {
        return Flow.named("agent")
                .node("decide", decide).on("search", "search").on("answer", "answer")
                .node("search", search).then("decide")
                .node("answer", answer)
                .build();
    }
}
