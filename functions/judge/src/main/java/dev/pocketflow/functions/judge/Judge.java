package dev.pocketflow.functions.judge;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;

/** Writes a text, has it judged, and improves it. AGENTS.md was followed to make it, and shows its code. */
class Judge {
    static final Key<String> TASK = Key.of("task", String.class).describedAs("The text to write");
    static final Key<String> DRAFT = Key.of("draft", String.class).describedAs("The last draft");
    static final Key<List<Verdict>> VERDICTS = Key.listOf("verdicts", Verdict.class).describedAs("The verdicts on the drafts");

    /** The judge's verdict on a draft. */
    record Verdict(boolean accepted, String remark) {
    }

    /** The state of the work; the draft is null at first. */
    record Job(String task, String draft, List<Verdict> verdicts) {
        static Job of(Store shared) {
            String task = shared.get(TASK);
            if (task.isBlank() || task.length() > 10_000) {
                throw new FlowException.BadInput("the task is blank, or longer than 10000 characters");
            }
            return new Job(task, shared.find(DRAFT).orElse(null), shared.find(VERDICTS).orElse(List.of()));
        }

        /** {@return the draft as a JSON string} Nothing in it can end the string and speak to the judge. */
        public String quoted() {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(draft)) + '"';
        }
    }

    @Produces
    Flow judge(WriteDraft write, Review review) {
        return Flow.named("judge").takes(TASK).gives(DRAFT, VERDICTS)
                .node("write", write).then("review")
                .node("review", review).on("improve", "write").ends("accepted").ends("rejected").ends("unjudged")
                .build();
    }
}
