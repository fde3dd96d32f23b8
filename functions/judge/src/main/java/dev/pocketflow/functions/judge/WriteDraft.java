package dev.pocketflow.functions.judge;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.judge.Judge.Job;

/** Writes a draft, or a better one. */
class WriteDraft implements Node<Job, String> {
    @Inject
    Editor editor;

    @Override
    public Job prep(Store shared) {
        return Job.of(shared);
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(60_000)
    public String exec(Job job) {
        return editor.write(job);
    }

    @Override
    public String post(Store shared, Job job, String draft) {
        shared.put(Judge.DRAFT, draft);
        return null;
    }
}
