package dev.pocketflow.testing.eval;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.stream.XMLStreamException;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.score.Score;

/** Writes a result as one page of HTML, without scripts and without anything from elsewhere. */
final class HtmlReport {

    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1c2330; }
            table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
            th, td { border: 1px solid #d5dae2; padding: .3rem .6rem; text-align: left; vertical-align: top; }
            th { background: #f2f4f8; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font-size: 13px; }
            .passed, .better { color: #12703a; }
            .failed, .worse { color: #b3261e; }
            .broken { color: #8a3ffc; }
            .not-run, .unknown, .tags { color: #6b7280; }
            """;
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final EvaluationResult result;
    private final Markup html;

    HtmlReport(EvaluationResult result, Markup html) {
        this.result = result;
        this.html = html;
    }

    void write() throws XMLStreamException {
        html.begin("<!DOCTYPE html>");
        html.element("html", () -> {
            html.element("head", () -> {
                html.empty("meta", "charset", "utf-8");
                html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
                html.text("title", "Evaluation of " + result.name());
                html.text("style", STYLE);
            });
            html.element("body", this::body);
        }, "lang", "en");
    }

    private void body() throws XMLStreamException {
        html.text("h1", "Evaluation of " + result.name());
        totals();
        html.text("p", "Counted for the budget: " + result.spent().calls() + " calls"
                + (result.spent().usage().isEmpty() ? "" : ", " + Numbers.usage(result.spent().usage())) + ", "
                + Numbers.seconds(result.spent().time()) + " s.");
        String base = result.subjects().get(0);
        for (String other : result.subjects().subList(1, result.subjects().size())) {
            comparison(result.compare(base, other));
        }
        html.text("h2", "Cases");
        int subjects = result.subjects().size();
        for (int i = 0; i < result.results().size(); i += subjects) {
            about(result.results().subList(i, i + subjects));
        }
    }

    private void totals() throws XMLStreamException {
        html.element("table", () -> {
            row("th", "subject", "passed", "failed", "broken", "not run", "pass rate", "mean score", "usage", "seconds");
            for (String subject : result.subjects()) {
                Summary summary = result.summary(subject);
                row("td", subject, Integer.toString(summary.passed()), Integer.toString(summary.failed()),
                        Integer.toString(summary.broken()), Integer.toString(summary.notRun()),
                        Numbers.score(summary.passRate()), Numbers.score(summary.meanScore()),
                        Numbers.usage(summary.usage()), Numbers.seconds(summary.time()));
            }
        });
    }

    private void comparison(Comparison comparison) throws XMLStreamException {
        html.text("h2", comparison.other() + ", compared with " + comparison.base());
        StringBuilder counts = new StringBuilder();
        for (Comparison.Change change : Comparison.Change.values()) {
            counts.append(counts.isEmpty() ? "" : ", ").append(comparison.count(change)).append(' ').append(word(change));
        }
        html.text("p", counts.append('.').toString());
        List<Comparison.Line> changed = comparison.cases().stream()
                .filter(line -> line.change() != Comparison.Change.EQUAL).toList();
        if (!changed.isEmpty()) {
            html.element("table", () -> {
                row("th", "case", "change", comparison.base(), comparison.other());
                for (Comparison.Line line : changed) {
                    html.element("tr", () -> {
                        html.text("td", line.name());
                        html.text("td", word(line.change()), "class", word(line.change()));
                        html.text("td", Numbers.score(line.baseScore()));
                        html.text("td", Numbers.score(line.otherScore()));
                    });
                }
            });
        }
    }

    private void about(List<CaseResult> results) throws XMLStreamException {
        Case about = results.get(0).about();
        html.text("h3", about.name());
        if (!about.tags().isEmpty()) {
            html.text("p", String.join(", ", about.tags()), "class", "tags");
        }
        html.element("details", () -> {
            html.text("summary", "input and expectations");
            html.text("pre", about.input().toPrettyString());
            for (Map.Entry<String, JsonNode> each : about.expected().entrySet()) {
                html.text("pre", each.getKey() + ": " + each.getValue().toPrettyString());
            }
        });
        html.element("table", () -> {
            row("th", "subject", "outcome", "score", "why", "output", "usage", "seconds");
            for (CaseResult each : results) {
                html.element("tr", () -> outcome(each));
            }
        });
    }

    private void outcome(CaseResult each) throws XMLStreamException {
        html.text("td", each.subject());
        String word = each.outcome() instanceof CaseOutcome.NotRun ? "not run"
                : each.outcome() instanceof CaseOutcome.Broken ? "broken" : each.passed() ? "passed" : "failed";
        html.text("td", word, "class", word.replace(' ', '-'));
        html.text("td", Numbers.score(each.score()));
        if (each.outcome() instanceof CaseOutcome.Scored scored) {
            html.element("td", () -> scores(scored.scores()));
            html.element("td", () -> html.text("pre", scored.output().toPrettyString()));
        } else if (each.outcome() instanceof CaseOutcome.Broken broken) {
            html.element("td", () -> html.text("pre", broken.scorer().map(scorer -> scorer + ": ").orElse("")
                    + broken.error()));
            html.element("td", () -> html.text("pre", broken.output().map(JsonNode::toPrettyString).orElse("")));
        } else if (each.outcome() instanceof CaseOutcome.NotRun notRun) {
            html.text("td", notRun.reason());
            html.text("td", "");
        }
        html.text("td", Numbers.usage(each.usage()));
        html.text("td", Numbers.seconds(each.time()));
    }

    private void scores(Map<String, Score> scores) throws XMLStreamException {
        for (Map.Entry<String, Score> each : scores.entrySet()) {
            Score score = each.getValue();
            html.text("pre", each.getKey() + " " + Numbers.score(score.value()) + ": " + score.reason(), "class",
                    score.passed() ? "passed" : "failed");
        }
    }

    private void row(String cell, String... texts) throws XMLStreamException {
        html.element("tr", () -> {
            for (String text : texts) {
                html.text(cell, text);
            }
        });
    }

    private static String word(Comparison.Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
