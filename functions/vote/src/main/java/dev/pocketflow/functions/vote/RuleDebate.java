package dev.pocketflow.functions.vote;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.vote.RuleDebate.Heard;
import dev.pocketflow.functions.vote.Vote.Speech;

/** Decides which side argued better. */
class RuleDebate implements Node<Heard, String> {
    @Inject
    Panel panel;
    @Inject
    ObjectMapper json;

    record Heard(String question, List<Speech> speeches) {
    }

    @Override
    public Heard prep(Store shared) {
        return new Heard(shared.get(Vote.QUESTION), shared.get(Vote.SPEECHES));
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(30_000)
    public String exec(Heard heard) throws JsonProcessingException {
        Panel.Ruling ruling = panel.rule(heard.question(), json.writeValueAsString(heard.speeches()));
        return ruling.winner() + ": " + ruling.reason();
    }

    @Override
    public String post(Store shared, Heard heard, String answer) {
        shared.put(Vote.ANSWER, answer);
        return null;
    }
}
