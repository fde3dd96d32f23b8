package dev.pocketflow.functions.vote;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Answers a question by the majority of several answers, or by a debate. */
class Vote {
    static final Key<String> QUESTION = Key.of("question", String.class).describedAs("The question to decide");
    static final Key<Mode> MODE = Key.of("mode", Mode.class).defaultTo(Mode.VOTE)
            .describedAs("VOTE: several answers, of which the most common counts. DEBATE: two sides and a judge");
    static final Key<Integer> VOTERS = Key.of("voters", Integer.class).defaultTo(5)
            .describedAs("The number of answers, 1 to 20");
    static final Key<List<Tally>> VOTES = Key.listOf("votes", Tally.class).describedAs("The answers, the most common first");
    static final Key<List<Speech>> SPEECHES = Key.listOf("speeches", Speech.class).describedAs("The arguments of a debate");
    static final Key<String> ANSWER = Key.of("answer", String.class).describedAs("The answer that won");

    enum Mode {
        VOTE,
        DEBATE
    }

    enum Side {
        FOR,
        AGAINST
    }

    /** An answer, and how many gave it. */
    record Tally(String answer, int votes) {
    }

    record Speech(Side side, String text) {
    }

    @Produces
    Flow vote(AskVoters ask, DebateSides argue, RuleDebate rule) {
        return Flow.named("vote").describedAs("Answers a question by the majority of several answers, or by a debate")
                .takes(QUESTION, MODE, VOTERS).gives(ANSWER, VOTES, SPEECHES)
                .node("mode", Node.route(Vote::mode)).on(Mode.VOTE, "ask").on(Mode.DEBATE, "argue")
                .node("ask", ask)
                .node("argue", argue).then("rule")
                .node("rule", rule)
                .build();
    }

    private static String mode(Store shared) {
        int voters = shared.get(VOTERS);
        String question = shared.get(QUESTION);
        if (question.isBlank() || question.length() > 10_000 || voters < 1 || voters > 20) {
            throw new FlowException.BadInput("the question is blank or longer than 10000 characters, or voters is not 1 to 20");
        }
        return shared.get(MODE).name();
    }
}
