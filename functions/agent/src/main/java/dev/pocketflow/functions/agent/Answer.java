package dev.pocketflow.functions.agent;

import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.functions.agent.Agent.Known;

/** Writes the answer, and shows it as it is written. */
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
        StringBuilder answer = new StringBuilder();
        researcher.answer(known).onItem().invoke(Visit.current()::emit).onFailure(ProcessingException.class)
                .transform(e -> new FlowException("the model gave no answer that can be read. Check its base-url", e))
                .subscribe().asIterable().forEach(answer::append); // a stream that is cancelled where the attempt is
        if (answer.toString().isBlank()) {
            throw new FlowException(
                    "the model gave no answer: it refused, or said nothing. Ask in other words, or another model");
        }
        return answer.toString();
    }

    @Override
    public String post(Store shared, Known known, String answer) {
        shared.put(Agent.ANSWER, answer);
        return null;
    }
}
