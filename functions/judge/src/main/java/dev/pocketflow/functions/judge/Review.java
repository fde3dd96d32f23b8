package dev.pocketflow.functions.judge;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.judge.Judge.Job;
import dev.pocketflow.functions.judge.Judge.Verdict;

/** Accepts a draft, or names an improvement, three times at most. */
class Review implements Node<Job, Verdict> {
    @Inject
    Editor editor;

    @Override
    public Job prep(Store shared) {
        return Job.of(shared);
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(30_000)
    @Fallback(fallbackMethod = "nobodyToAsk")
    public Verdict exec(Job job) {
        return editor.review(job);
    }

    Verdict nobodyToAsk(Job job) {
        return null;
    }

    @Override
    public String post(Store shared, Job job, Verdict verdict) {
        if (verdict == null) {
            return "unjudged";
        }
        shared.append(Judge.VERDICTS, verdict);
        if (verdict.accepted()) {
            return "accepted";
        }
        return shared.get(Judge.VERDICTS).size() < 3 ? "improve" : "rejected";
    }
}
