package dev.pocketflow.testing.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import dev.pocketflow.testing.FakeTime;
import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.cases.Cases;

class EvaluationReportTest {

    private static final String HOSTILE = "</pre><script>alert(1)</script><img src=x onerror=alert(1)> ]]> \u0000\u001b\ud800 & \"'";
    private static final List<String> ELEMENTS = List.of("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3",
            "p",
            "table", "tr", "th", "td", "pre", "details", "summary");

    @TempDir
    Path directory;

    /** A result with a case that passed, failed, broke and was not run; the texts are hostile. */
    private static EvaluationResult result() {
        FakeTime time = new FakeTime();
        List<Case> cases = new ArrayList<>();
        for (String name : List.of("good", "bad", "broken", "rest " + HOSTILE)) {
            cases.add(Case.of(name, Map.of("name", name, "text", HOSTILE), Map.of("contains", "good")));
        }
        Subject subject = input -> {
            time.advance(Duration.ofMillis(1250));
            if (input.get("name").equals("broken")) {
                throw new IllegalStateException(HOSTILE);
            }
            return new Output(input, Map.of("output-tokens", 10.0));
        };
        return Evaluation.of(Cases.of("answers " + HOSTILE, cases)).subject("v1 " + HOSTILE, subject)
                .subject("v2", EvaluationTest.ECHO)
                .parallel(1).clock(time).budget(Budget.calls(6)).run();
    }

    private static Document document(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    @Test
    void page_hasOnlyItsOwnElements_whateverTheOutputs() throws Exception {
        Path file = directory.resolve("new/evaluation.html");
        result().writeHtml(file);

        String html = Files.readString(file);
        assertThat(html).startsWith("<!DOCTYPE html>\n<html").doesNotContain("<script", "<img");
        Document page = document(html);
        assertThat(elements(page, "*")).isNotEmpty().allSatisfy(each -> {
            assertThat(each.getTagName()).isIn(ELEMENTS);
            assertThat(IntStream.range(0, each.getAttributes().getLength())
                    .mapToObj(i -> each.getAttributes().item(i).getNodeName()))
                    .isSubsetOf("lang", "charset", "http-equiv", "content", "class");
        });
        assertThat(html).contains("default-src 'none'").doesNotContain("\u0000", "\u001b");
    }

    @Test
    void page_showsTotalsComparisonAndCases() throws Exception {
        Path file = directory.resolve("evaluation.html");
        result().writeHtml(file);

        Document page = document(Files.readString(file));
        assertThat(elements(page, "h1").get(0).getTextContent()).startsWith("Evaluation of answers ");
        assertThat(elements(page, "tr").get(2).getTextContent().strip().lines().toList())
                .containsExactly("v2", "1", "2", "0", "1", "0.33", "0.33", "", "0.000");
        assertThat(elements(page, "h2").get(0).getTextContent()).startsWith("v2, compared with v1 ");
        assertThat(elements(page, "p")).extracting(Element::getTextContent).contains(
                "Counted for the budget: 6 calls, 20 output-tokens, 3.750 s.", "0 better, 0 worse, 3 equal, 1 unknown.");
        assertThat(elements(page, "h3")).hasSize(4);
        assertThat(elements(page, "pre")).extracting(Element::getTextContent).contains("contains 0.00: missing: [good]")
                .anyMatch(text -> text.startsWith("java.lang.IllegalStateException: </pre><script>"));
        assertThat(elements(page, "td")).extracting(Element::getTextContent)
                .contains("passed", "failed", "broken", "not run", "the budget of 6 calls is used up");
    }

    @Test
    void reportsAreTheSame_forTheSameResults() throws Exception {
        for (String name : List.of("a", "b")) {
            result().writeHtml(directory.resolve(name + ".html")).writeJUnitXml(directory.resolve(name + ".xml"));
        }

        assertThat(directory.resolve("a.html")).hasSameTextualContentAs(directory.resolve("b.html"));
        assertThat(directory.resolve("a.xml")).hasSameTextualContentAs(directory.resolve("b.xml"));
    }

    @Test
    void junitXml_hasATestForEachCase() throws Exception {
        Path file = directory.resolve("TEST-evaluation.xml");
        result().writeJUnitXml(file);

        Document xml = document(Files.readString(file));
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
        assertThat(elements(xml, "testsuite")).hasSize(2);
        Element first = elements(xml, "testsuite").get(0);
        assertThat(first.getAttribute("name")).startsWith("v1 </pre>");
        assertThat(List.of("tests", "failures", "errors", "skipped", "time")).extracting(first::getAttribute)
                .containsExactly("4", "1", "1", "1", "3.750");
        assertThat(elements(xml, "testcase").subList(0, 4)).extracting(each -> each.getAttribute("name"))
                .containsExactly("good", "bad", "broken",
                        "rest " + HOSTILE.replace("\u0000\u001b\ud800", "\ufffd\ufffd\ufffd"));
        assertThat(elements(xml, "testcase").get(0).getChildNodes().getLength()).isZero();
        Element failure = elements(xml, "failure").get(0);
        assertThat(failure.getAttribute("message")).isEqualTo("score 0.00");
        assertThat(failure.getTextContent()).isEqualTo("contains 0.00: missing: [good]\n");
        Element error = elements(xml, "error").get(0);
        assertThat(error.getAttribute("type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.getAttribute("message")).isEqualTo("the run failed");
        assertThat(elements(xml, "skipped").get(0).getAttribute("message")).isEqualTo("the budget of 6 calls is used up");
        assertThat(elements(xml, "property").subList(0, 3)).extracting(each -> each.getAttribute("name") + "="
                + each.getAttribute("value")).containsExactly("mean-score=0.33", "pass-rate=0.33", "usage.output-tokens=20");
    }

    @Test
    void junitXml_isReadByTheReportsOfMaven() throws Exception {
        Path file = directory.resolve("TEST-evaluation.xml");
        result().writeJUnitXml(file);

        List<ReportTestSuite> suites = new TestSuiteXmlParser(new NullConsoleLogger()).parse(file.toString());

        List<ReportTestCase> tests = suites.stream().flatMap(suite -> suite.getTestCases().stream()).toList();
        assertThat(tests).hasSize(8);
        assertThat(tests.subList(0, 4)).extracting(ReportTestCase::isSuccessful).containsExactly(true, false, false, false);
        assertThat(tests.subList(0, 4)).extracting(ReportTestCase::hasSkipped).containsExactly(false, false, false, true);
        assertThat(tests.get(2).getFailureType()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void longTextIsCut() {
        assertThat(Markup.legal("x".repeat(20_003))).endsWith("x … (3 more characters)").hasSize(20_022);
    }

    @Test
    void thresholdFails_withCasesAndReports_andWithoutOutputs() {
        EvaluationResult result = Evaluation.of(Cases.of("answers", List.of(
                Case.of("good", Map.of("text", "good"), Map.of("contains", "good")),
                Case.of("bad", Map.of("text", "private"), Map.of("contains", "good")),
                Case.of("broken", Map.of(), Map.of("contains", "good")))))
                .subject("v2", input -> {
                    if (input.isEmpty()) {
                        throw new IllegalStateException("private");
                    }
                    return Output.of(input);
                }).run();
        Path html = directory.resolve("evaluation.html");
        Path xml = directory.resolve("TEST-evaluation.xml");

        assertThat(result.requireAtLeast(0.33)).isSameAs(result);
        assertThatThrownBy(() -> result.writeHtml(html).writeJUnitXml(xml).requireAtLeast(0.9))
                .isInstanceOf(AssertionError.class).hasCauseInstanceOf(IllegalStateException.class).hasMessage("""
                        The evaluation of answers failed: 'v2' passed 1 of 3 cases (0.33), and 0.9 is required
                        Failed: bad (contains 0.00)
                        Broken: broken (IllegalStateException)
                        Reports: %s, %s""".formatted(html, xml));
        assertThatThrownBy(() -> result.requireAtLeast(90)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pass rate must be from 0 to 1, was 90.0");
    }

    @Test
    void thresholdNamesTwentyCases_ofMany() {
        List<Case> cases = IntStream.range(0, 23)
                .mapToObj(i -> Case.of("case " + i, Map.of(), Map.of("contains", "x"))).toList();
        EvaluationResult result = Evaluation.of(Cases.of("many", cases)).subject("a", EvaluationTest.ECHO).run();

        assertThatThrownBy(() -> result.requireAtLeast(0.5)).hasMessageContaining("case 19 (contains 0.00) and 3 more\n");
    }

    @Test
    void reportThatCannotBeWritten_isNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("taken"), "").resolve("evaluation.html");

        assertThatThrownBy(() -> result().writeHtml(file)).isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write the report " + file);
    }
}
