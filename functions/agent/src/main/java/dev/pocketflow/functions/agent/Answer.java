package dev.pocketflow.functions.agent;

import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

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
    @Retry(delay = 1000)
    @Timeout(60_000)
    public String exec(Known known) {
        String answer = researcher.answer(known).onItem().invoke(Visit.current()::emit)
                .collect().with(Collectors.joining()).await().indefinitely();
        if (answer.isBlank()) {
            throw new IllegalStateException("the model's answer is empty");
        }
        return answer;
    }

    @Override
    public String post(Store shared, Known known, String answer) {
        shared.put(Agent.ANSWER, answer);
        return null;
    }
}
