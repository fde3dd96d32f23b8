package dev.pocketflow.testing.eval;

import java.util.Map;
import java.util.TreeMap;

import javax.xml.stream.XMLStreamException;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.eval.score.Score;

/** Writes a result in the form of JUnit's XML, as the reports of Maven and CI servers read it. */
final class JUnitReport {

    private final EvaluationResult result;
    private final Markup xml;

    JUnitReport(EvaluationResult result, Markup xml) {
        this.result = result;
        this.xml = xml;
    }

    void write() throws XMLStreamException {
        xml.begin("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.element("testsuites", () -> {
            xml.line();
            for (String subject : result.subjects()) {
                suite(result.summary(subject));
            }
        }, "name", result.name());
    }

    private void suite(Summary summary) throws XMLStreamException {
        xml.element("testsuite", () -> {
            xml.line();
            properties(summary);
            for (CaseResult each : result.results(summary.subject())) {
                xml.element("testcase", () -> outcome(each), "classname", summary.subject(), "name", each.about().name(),
                        "time", Numbers.seconds(each.time()));
                xml.line();
            }
        }, "name", summary.subject(), "tests", Integer.toString(summary.run() + summary.notRun()),
                "failures", Integer.toString(summary.failed()), "errors", Integer.toString(summary.broken()),
                "skipped", Integer.toString(summary.notRun()), "time", Numbers.seconds(summary.time()));
        xml.line();
    }

    private void properties(Summary summary) throws XMLStreamException {
        Map<String, String> properties = new TreeMap<>();
        summary.usage().forEach((unit, used) -> properties.put("usage." + unit, Numbers.plain(used)));
        properties.put("pass-rate", Numbers.score(summary.passRate()));
        summary.meanScore().ifPresent(mean -> properties.put("mean-score", Numbers.score(mean)));
        xml.element("properties", () -> {
            xml.line();
            for (Map.Entry<String, String> each : properties.entrySet()) {
                xml.empty("property", "name", each.getKey(), "value", each.getValue());
            }
        });
        xml.line();
    }

    private void outcome(CaseResult each) throws XMLStreamException {
        if (each.outcome() instanceof CaseOutcome.Scored scored && !each.passed()) {
            xml.text("failure", reasons(scored), "message", "score " + Numbers.score(each.score()), "type", "expectation");
            output(scored.output());
        } else if (each.outcome() instanceof CaseOutcome.Broken broken) {
            xml.text("error", broken.error().toString(), "message",
                    broken.scorer().map(scorer -> "the scorer '" + scorer + "' failed").orElse("the run failed"), "type",
                    broken.error().getClass().getName());
            if (broken.output().isPresent()) {
                output(broken.output().get());
            }
        } else if (each.outcome() instanceof CaseOutcome.NotRun notRun) {
            xml.empty("skipped", "message", notRun.reason());
        }
    }

    private void output(JsonNode output) throws XMLStreamException {
        xml.text("system-out", output.toPrettyString());
    }

    private static String reasons(CaseOutcome.Scored scored) {
        StringBuilder reasons = new StringBuilder();
        for (Map.Entry<String, Score> each : scored.scores().entrySet()) {
            if (!each.getValue().passed()) {
                reasons.append(each.getKey()).append(' ').append(Numbers.score(each.getValue().value())).append(": ")
                        .append(each.getValue().reason()).append('\n');
            }
        }
        return reasons.toString();
    }
}
