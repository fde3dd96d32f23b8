package dev.pocketflow.functions.approval;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
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
        return new Task(required(shared, Approval.TO).text(), required(shared, Approval.REQUEST));
    }

    /** {@return the value; JSON's null is not a value} */
    private static <T> T required(Store input, Key<T> key) {
        return input.find(key).orElseThrow(() -> new FlowException.BadInput("the input has no key '" + key.name()
                + "', or null for it. Send {\"to\": \"...\", \"request\": \"...\"}"));
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
