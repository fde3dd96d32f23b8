package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.testing.eval.Budget;
import dev.pocketflow.testing.eval.Comparison;
import dev.pocketflow.testing.eval.Evaluation;
import dev.pocketflow.testing.eval.EvaluationResult;
import dev.pocketflow.testing.eval.HttpSubject;
import dev.pocketflow.testing.eval.Output;
import dev.pocketflow.testing.eval.Subject;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.Embedding;
import dev.pocketflow.testing.eval.score.JudgeModel;
import dev.pocketflow.testing.eval.score.Score;
import dev.pocketflow.testing.eval.score.Scorer;
import io.quarkus.test.common.http.TestHTTPResource;

/**
 * The evaluation of the guide. Surefire does not choose it by its name, as it is meant for users. {@link EvaluateGuideTest}
 * runs
 * it.
 */
class PromptEvaluation {

    @TestHTTPResource("/flows/ask-v1")
    String v1;

    @TestHTTPResource("/flows/ask-v2")
    String v2;

    @Inject
    Flows flows;

    String modelUrl;
    String modelKey = "key";

    /** Scores an answer by the number of its words. */
    static final Scorer BRIEF = (most, answered) -> {
        int words = answered.text("$.answer").orElse("").split("\\s+").length;
        return Score.of(Math.min(1, most.asDouble() / words), 1, words + " words");
    };

    Subject flow(String name) {
        return input -> {
            RunResult result = flows.start(name, input);
            if (result instanceof RunResult.Completed done) {
                return new Output(done.store().toJson(), done.usage());
            }
            throw new IllegalStateException(result.toString()); // it failed, was handed over, or waits
        };
    }

    @Test
    void newPromptIsGoodEnough() {
        EvaluationResult result = Evaluation.of(Cases.fromClasspath("questions.yaml"))
                .subject("prompt v1", HttpSubject.at(v1))
                .subject("prompt v2", HttpSubject.at(v2))
                .judgedBy(JudgeModel.openAi(modelUrl, "gpt-4o-mini", modelKey))
                .similarBy(Embedding.openAi(modelUrl, "text-embedding-3-small", modelKey))
                .scorer("brief", BRIEF)
                .budget(Budget.calls(200).andUsage("output-tokens", 50_000).andTime(Duration.ofMinutes(10)))
                .run();
        result.writeHtml(Path.of("target", "evaluation", "questions.html"))
                .writeJUnitXml(Path.of("target", "evaluation", "TEST-questions.xml"))
                .requireAtLeast("prompt v2", 0.9);
        assertThat(result.compare("prompt v1", "prompt v2").names(Comparison.Change.WORSE)).isEmpty();
    }

    @Test
    void smokeCasesPass_byTheBean() {
        Evaluation.of(Cases.fromClasspath("questions.yaml").tagged("smoke"))
                .subject("prompt v2", flow("ask-v2"))
                .run().requireAtLeast(1);
    }
}
