package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.docs.Pages.Block;
import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.eval.Evaluation;
import dev.pocketflow.testing.eval.EvaluationResult;
import dev.pocketflow.testing.eval.HttpSubject;
import dev.pocketflow.testing.eval.Output;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.Embedding;
import dev.pocketflow.testing.eval.score.JudgeModel;
import io.quarkus.test.QuarkusUnitTest;

/** The evaluation of the guide, with functions whose answers are fixed, and a scripted judge. */
class EvaluateGuideTest extends PromptEvaluation {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of()
            .withApplicationRoot(jar -> jar.addClasses(TestApplication.CLASSES)
                    .addClasses(PromptEvaluation.class, Asking.class, Ask.class, Pages.class, Block.class)
                    .addAsResource("questions.yaml").addAsResource("expectations.yaml"))
            .overrideConfigKey("quarkus.pocketflow.flow", "ask-v1").overrideConfigKey("quarkus.pocketflow.http.flows", "all");

    private static final Key<String> QUESTION = Key.of("question", String.class);
    private static final Key<String> ANSWER = Key.of("answer", String.class);
    private static final Key<List<String>> SOURCES = Key.listOf("sources", String.class);

    private ScriptedModel model;

    /** Two versions of a flow. */
    static class Asking {
        @Produces
        Flow v1() {
            return version("ask-v1", Map.of("How long may a function run?", "On Lambda, 15 minutes.",
                    "May I call you at night?", "No."));
        }

        @Produces
        Flow v2() {
            return version("ask-v2", Map.of("How long may a function run?", "15 minutes on Lambda.",
                    "May I call you at night?", "Please do not: we are asleep."));
        }

        private static Flow version(String name, Map<String, String> answers) {
            return Flow.named(name).takes(QUESTION).gives(ANSWER, SOURCES).node("ask", new Ask(answers)).build();
        }
    }

    record Ask(Map<String, String> answers) implements Node<String, String> {
        @Override
        public String prep(Store shared) {
            return shared.get(QUESTION);
        }

        @Override
        public String exec(String question) {
            if (!answers.containsKey(question)) {
                throw new IllegalArgumentException("no answer");
            }
            Visit.current().use("output-tokens", 5);
            return answers.get(question);
        }

        @Override
        public String post(Store shared, String question, String answer) {
            shared.put(ANSWER, answer);
            shared.put(SOURCES, List.of("docs"));
            return null;
        }
    }

    @BeforeEach
    void startTheJudge() {
        model = ScriptedModel.fromYaml("""
                - when: asleep
                  json: {score: 0.9, reason: It gives a reason.}
                - when: 15 minutes
                  json: {score: 0.8, reason: It names one.}
                - json: {score: 0.1, reason: It is rude.}
                """).start();
        modelUrl = model.baseUrl();
    }

    @AfterEach
    void stopTheJudge() {
        model.close();
    }

    @Test
    void reportsAreWritten_withTheUsageOfTheRuns() throws IOException {
        newPromptIsGoodEnough();

        assertThat(Files.readString(Path.of("target", "evaluation", "questions.html")))
                .contains("10 output-tokens", "1 better, 0 worse, 1 equal, 0 unknown.");
        assertThat(Files.readString(Path.of("target", "evaluation", "TEST-questions.xml")))
                .contains("<testcase classname=\"prompt v1\" name=\"tone\"");
    }

    @Test
    void failureOfTheFunction_isToldByItsAnswer() {
        Cases cases = Cases.parse("c.yaml", """
                - {name: unknown, input: {question: why}, expect: {contains: a}}
                - {name: refused, input: {}, expect: {contains: a}}
                """);

        EvaluationResult result = Evaluation.of(cases).subject("http", HttpSubject.at(v1)).subject("bean", flow("ask-v1"))
                .run();

        Path html = Path.of("target", "evaluation", "failures.html");
        result.writeHtml(html);
        assertThat(Pages.text(html)).contains("answered HTTP 500 in the node 'ask': ",
                "answered HTTP 400: the input of flow 'ask-v1' is refused: question is missing", "Failed[run=");
        assertThatThrownBy(() -> result.requireAtLeast("bean", 0.5)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Broken: unknown (IllegalStateException), refused (BadEvent)");
    }

    @Test
    void everyFormOfAnExpectation_holds() {
        Output output = Output.of(Map.of("answer", "On Lambda, 15 minutes.", "sources", List.of("docs", "blog")));

        EvaluationResult result = Evaluation.of(Cases.fromClasspath("expectations.yaml")).subject("fixed", input -> output)
                .judgedBy(JudgeModel.openAi(modelUrl, "judge", "key")).similarBy(Embedding.openAi(modelUrl, "e", "key")).run();

        assertThat(result.requireAtLeast(1).results()).hasSize(1).allSatisfy(each -> assertThat(each.about().expected())
                .containsOnlyKeys("equals", "contains", "path", "similar", "judge"));
    }

    @Test
    void jsonLinesOfThePage_areCases() throws IOException {
        List<Block> lines = Pages.blocks("json").filter(each -> each.page().endsWith("evaluate.md")).toList();

        assertThat(lines).hasSize(1);
        assertThat(Cases.parse("page.jsonl", lines.get(0).text()).all()).hasSize(2);
    }
}
