package dev.pocketflow.bench.bareagent;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.pocketflow.bench.bareagent.ResearchModel.Decision;
import dev.pocketflow.bench.bareagent.ResearchModel.Known;
import dev.pocketflow.bench.bareagent.ResearchModel.Note;

/** Decides, searches, decides again, answers: the nodes of functions/agent as methods, and its graph as a loop. */
@ApplicationScoped
public class Research {
    /** The question of a request. */
    public record Question(String question) {
    }

    /** The answer to a question, with the notes it is based on. */
    public record Answered(String question, List<Note> notes, String answer) {
    }

    @Inject
    ResearchModel researcher;

    @Inject
    WebSearchEngine web;

    Answered of(Question asked) {
        Known known = new Known(asked.question(), new ArrayList<>());
        Decision decision = decide(known);
        while (decision.search() && known.notes().size() < 9) {
            known.notes().addAll(search(decision.query()));
            decision = decide(known);
        }
        return new Answered(known.question(), known.notes(), answer(known));
    }

    @Retry(delay = 1000, maxDuration = 30_000)
    @Timeout(30_000)
    @Fallback(fallbackMethod = "undecided")
    Decision decide(Known known) {
        Decision decision = researcher.decide(known);
        if (decision == null || decision.search() && (decision.query() == null || decision.query().isBlank())) {
            throw new IllegalStateException("the model's decision is empty, or has no query");
        }
        return decision;
    }

    Decision undecided(Known known) {
        return new Decision(false, null);
    }

    @Retry(delay = 1000, maxDuration = 10_000)
    @Timeout(10_000)
    @Fallback(fallbackMethod = "unreachable")
    List<Note> search(String query) {
        List<Note> notes = web.search(WebSearchRequest.from(query, 3)).results().stream()
                .map(page -> new Note(page.title(), page.url().toString(), page.snippet())).toList();
        return notes.isEmpty() ? List.of(new Note("Nothing found", "", query)) : notes;
    }

    List<Note> unreachable(String query) {
        return List.of(new Note("Web search failed", "", query));
    }

    @Retry(delay = 1000, maxDuration = 30_000)
    @Timeout(60_000)
    String answer(Known known) {
        String answer = researcher.answer(known);
        if (answer == null || answer.isBlank()) {
            throw new IllegalStateException("the model's answer is empty");
        }
        return answer;
    }
}
