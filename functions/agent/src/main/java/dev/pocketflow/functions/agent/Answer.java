package dev.pocketflow.functions.agent;

import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.langchain4j.exception.ContentFilteredException;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.functions.agent.Agent.Known;

/** Writes the answer. If somebody watches the run, emits it token by token. */
class Answer implements Node<Known, String> {
    @Inject
    Researcher researcher;

    @Override
    public Known prep(Store shared) {
        return Known.of(shared);
    }

    @Override
    @Retry(delay = 1000, maxDuration = 30_000)
    @Timeout(60_000)
    public String exec(Known known) {
        Visit visit = Visit.current();
        try {
            String answer = !visit.isWatched() ? researcher.answer(known)
                    : String.join("", researcher.stream(known).invoke(visit::emit).subscribe().asIterable());
            return Optional.ofNullable(answer).filter(text -> !text.isBlank())
                    .orElseThrow(() -> new ProcessingException("it says nothing"));
        } catch (ContentFilteredException | ProcessingException | NullPointerException e) { // from a reply without message
            throw new FlowException(
                    "the model refused, or its answer cannot be read. Change the question, or check its base-url", e);
        }
    }

    @Override
    public String post(Store shared, Known known, String answer) {
        shared.put(Agent.ANSWER, answer);
        return null;
    }
}
