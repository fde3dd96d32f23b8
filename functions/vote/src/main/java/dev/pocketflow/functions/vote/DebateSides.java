package dev.pocketflow.functions.vote;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.functions.vote.DebateSides.Task;
import dev.pocketflow.functions.vote.Vote.Side;
import dev.pocketflow.functions.vote.Vote.Speech;

/** Lets both sides argue at the same time. */
class DebateSides implements ParallelBatchNode<Task, Speech> {
    @Inject
    Panel panel;

    record Task(Side side, String question) {
    }

    @Override
    public List<Task> prep(Store shared) {
        String question = shared.get(Vote.QUESTION);
        return List.of(new Task(Side.FOR, question), new Task(Side.AGAINST, question));
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(60_000)
    public Speech exec(Task task) {
        return new Speech(task.side(), panel.argue(task));
    }

    @Override
    public String post(Store shared, List<Task> tasks, List<Speech> speeches) {
        shared.put(Vote.SPEECHES, speeches);
        return null;
    }
}
