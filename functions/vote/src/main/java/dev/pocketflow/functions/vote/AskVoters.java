package dev.pocketflow.functions.vote;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.functions.vote.Vote.Tally;

/** Asks the voters at the same time, and counts. Of equal answers the one that was given first wins. */
class AskVoters implements ParallelBatchNode<String, String> {
    @Inject
    Panel panel;

    @Override
    public List<String> prep(Store shared) {
        return Collections.nCopies(shared.get(Vote.VOTERS), shared.get(Vote.QUESTION));
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(30_000)
    @Fallback(fallbackMethod = "abstains")
    public String exec(String question) {
        return panel.answer(question);
    }

    String abstains(String question) {
        return null;
    }

    @Override
    public String post(Store shared, List<String> questions, List<String> answers) {
        Map<String, List<String>> same = new LinkedHashMap<>();
        answers.stream().filter(Objects::nonNull).map(String::strip).filter(answer -> !answer.isEmpty())
                .forEach(answer -> same.computeIfAbsent(normal(answer), key -> new ArrayList<>()).add(answer));
        if (same.isEmpty()) {
            throw new FlowException("no voter answered. Resume the run, or use another model");
        }
        List<Tally> votes = same.values().stream().map(each -> new Tally(each.get(0), each.size()))
                .sorted(Comparator.comparingInt(Tally::votes).reversed()).toList();
        shared.put(Vote.VOTES, votes);
        shared.put(Vote.ANSWER, votes.get(0).answer());
        return null;
    }

    /** {@return the answer without what does not matter: case, and signs at its end} */
    private static String normal(String answer) {
        return answer.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Punct}]+$", "");
    }
}
