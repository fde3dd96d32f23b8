package dev.pocketflow.functions.agent;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.agent.Agent.Note;

/** Takes notes of the search results. An empty or failed search is a note too. */
class Search implements Node<String, List<Note>> {
    @Inject
    WebSearchEngine web;

    @Override
    public String prep(Store shared) {
        return shared.get(Agent.QUERY);
    }

    @Override
    @Retry(delay = 1000, maxDuration = 10_000)
    @Timeout(10_000)
    @Fallback(fallbackMethod = "unreachable")
    public List<Note> exec(String query) {
        List<Note> notes = web.search(WebSearchRequest.from(query, 3)).results().stream()
                .map(page -> new Note(page.title(), page.url().toString(), page.snippet())).toList();
        return notes.isEmpty() ? List.of(new Note("Nothing found", "", query)) : notes;
    }

    List<Note> unreachable(String query) {
        return List.of(new Note("Web search failed", "", query));
    }

    @Override
    public String post(Store shared, String query, List<Note> found) {
        found.forEach(note -> shared.append(Agent.NOTES, note));
        return null;
    }
}
