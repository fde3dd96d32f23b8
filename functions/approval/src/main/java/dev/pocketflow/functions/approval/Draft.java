package dev.pocketflow.functions.approval;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.approval.Approval.Letter;
import dev.pocketflow.functions.approval.Draft.Task;

/** Writes the letter for the approval. */
class Draft implements Node<Task, Letter> {
    @Inject
    Secretary secretary;

    /** The task of the letter. */
    record Task(String to, String request) {
    }

    @Override
    public Task prep(Store shared) {
        return new Task(shared.get(Approval.TO).text(), shared.get(Approval.REQUEST));
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(60_000)
    public Letter exec(Task task) {
        return secretary.draft(task);
    }

    @Override
    public String post(Store shared, Task task, Letter letter) {
        shared.put(Approval.LETTER, letter);
        return null;
    }
}
