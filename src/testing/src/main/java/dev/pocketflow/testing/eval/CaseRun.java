package dev.pocketflow.testing.eval;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.score.Answered;
import dev.pocketflow.testing.eval.score.Score;
import dev.pocketflow.testing.eval.score.Scorer;

/** Runs one case with one subject and scores the output. A failure of either is an outcome. */
record CaseRun(Case about, String name, Subject subject, Map<String, Scorer> scorers, Meter meter,
        InstantSource clock) implements Callable<CaseResult> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public CaseResult call() {
        Optional<String> exhausted = meter.start();
        if (exhausted.isPresent()) {
            return new CaseResult(about, name, new CaseOutcome.NotRun(exhausted.get()), Duration.ZERO);
        }
        Instant start = clock.instant();
        Output output;
        JsonNode json;
        try {
            output = Objects.requireNonNull(subject.run(input()), "the subject returned null");
            json = JSON.valueToTree(output.values());
        } catch (Exception | AssertionError e) {
            CaseOutcome broken = new CaseOutcome.Broken(Optional.empty(), interrupted(e), Optional.empty(), Map.of());
            return new CaseResult(about, name, broken, since(start));
        }
        Duration time = since(start);
        meter.add(0, output.usage());
        return new CaseResult(about, name, score(output, json), time);
    }

    private CaseOutcome score(Output output, JsonNode json) {
        Answered answered = new Answered(about.input(), json, meter);
        Map<String, Score> scores = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : about.expected().entrySet()) {
            try {
                Score score = scorers.get(each.getKey()).score(each.getValue(), answered);
                scores.put(each.getKey(), Objects.requireNonNull(score, "the scorer returned null"));
            } catch (Exception | AssertionError e) {
                return new CaseOutcome.Broken(Optional.of(each.getKey()), interrupted(e), Optional.of(json), output.usage());
            }
        }
        return new CaseOutcome.Scored(json, output.usage(), scores);
    }

    /** A copy, so that a subject may change it. */
    private Map<String, @Nullable Object> input() {
        return JSON.convertValue(about.input(), new TypeReference<Map<String, @Nullable Object>>() {
        });
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }

    private static Throwable interrupted(Throwable error) {
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return error;
    }
}
