package dev.pocketflow.testing.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.ScriptedModelTest;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.Embedding;
import dev.pocketflow.testing.eval.score.JudgeModel;

/** An evaluation as a project has it: two versions, all scorers, reports and a threshold. */
@ScriptedModelTest(yaml = """
        - {when: {user: asleep}, json: {score: 0.9, reason: It gives a reason.}}
        - json: {score: 0.1, reason: It is rude.}
        """)
class AnswersEvaluationTest {

    private static final Map<Object, String> OLD = Map.of("How long may a function run?", "On Lambda, 15 minutes.",
            "How much memory has a function?", "Much.", "May I call at night?", "No.", "What happens after a failure?",
            "the run is parked and can be resumed later");
    private static final Map<Object, String> NEW = Map.of("How long may a function run?", "On Lambda, 15 minutes.",
            "How much memory has a function?", "10 GB", "May I call at night?", "Please do not: we are asleep.",
            "What happens after a failure?", "It starts again.");

    /** Stands for a flow with a prompt. */
    private static Subject version(Map<Object, String> answers) {
        return input -> new Output(Map.of("answer", answers.get(input.get("question")), "sources", List.of("docs")),
                Map.of("output-tokens", 20.0));
    }

    private static EvaluationResult evaluate(ScriptedModel model) {
        return Evaluation.of(Cases.fromClasspath("answers.yaml"))
                .subject("prompt v1", version(OLD))
                .subject("prompt v2", version(NEW))
                .judgedBy(JudgeModel.openAi(model.baseUrl(), "judge-1", "key"))
                .similarBy(Embedding.openAi(model.baseUrl(), "embedding-1", "key"))
                .budget(Budget.calls(50).andUsage("output-tokens", 10_000))
                .run();
    }

    @Test
    void newPromptIsGoodEnough(ScriptedModel model) {
        EvaluationResult result = evaluate(model);

        result.writeHtml(Path.of("target", "evaluation", "answers.html"))
                .writeJUnitXml(Path.of("target", "evaluation", "TEST-answers.xml"))
                .requireAtLeast("prompt v2", 0.75);
        assertThat(result.summary("prompt v1").passRate()).isEqualTo(0.5);
        assertThat(result.summary("prompt v2").usage()).isEqualTo(Map.of("output-tokens", 80.0));
    }

    @Test
    void newPromptIsWorse_inOneCase(ScriptedModel model) {
        Comparison comparison = evaluate(model).compare("prompt v1", "prompt v2");

        assertThat(comparison.names(Comparison.Change.BETTER)).containsExactly("memory of a function", "tone");
        assertThat(comparison.names(Comparison.Change.WORSE)).containsExactly("meaning");
    }

    @Test
    void buildFails_whenThePromptIsTooWeak(ScriptedModel model) {
        assertThatThrownBy(() -> evaluate(model).requireAtLeast(0.75)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("'prompt v1' passed 2 of 4 cases (0.50), and 0.75 is required\n"
                        + "Failed: memory of a function (path 0.00), tone (judge 0.10)\n");
    }
}
