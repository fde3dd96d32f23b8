package dev.pocketflow.functions.judge;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import io.quarkus.arc.properties.IfBuildProperty;

/**
 * The flow of AGENTS.md, made by following it: {@code {"task": "…"}} in, {@code draft} and the {@code verdicts} out. It shares
 * a module with the agent, so a property enables it.
 */
@IfBuildProperty(name = "docs.judge", stringValue = "true")
class Judge {
    static final Key<String> TASK = Key.of("task", String.class);
    static final Key<String> DRAFT = Key.of("draft", String.class);
    static final Key<List<Verdict>> VERDICTS = Key.listOf("verdicts", Verdict.class);

    /** The judge's verdict on a draft. */
    record Verdict(boolean accepted, String remark) {
    }

    /** The state of the work; the draft is null at first. */
    record Job(String task, String draft, List<Verdict> verdicts) {
        static Job of(Store shared) {
            return new Job(shared.get(TASK), shared.find(DRAFT).orElse(null), shared.find(VERDICTS).orElse(List.of()));
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
