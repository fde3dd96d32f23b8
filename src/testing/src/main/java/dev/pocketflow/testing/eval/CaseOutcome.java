package dev.pocketflow.testing.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.eval.score.Score;

/** The outcome of one case with one subject. */
public sealed interface CaseOutcome {

    /**
     * The output was scored.
     *
     * @param output the output
     * @param usage the units that the run used
     * @param scores the scores by the name of the scorer, in the order of the case, at least one
     */
    record Scored(JsonNode output, Map<String, Double> usage, Map<String, Score> scores) implements CaseOutcome {

        /** Makes an outcome. */
        public Scored {
            usage = Map.copyOf(usage);
            scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        }
    }

    /**
     * The run failed, or its output could not be scored.
     *
     * @param scorer the name of the scorer that failed; empty if the subject did
     * @param error the failure
     * @param output the output; empty if the subject failed
     * @param usage the units that the run used; empty if the subject failed
     */
    record Broken(Optional<String> scorer, Throwable error, Optional<JsonNode> output,
            Map<String, Double> usage) implements CaseOutcome {

        /** Makes an outcome. */
        public Broken {
            usage = Map.copyOf(usage);
        }
    }

    /**
     * The budget was used up.
     *
     * @param reason the bound that was reached
     */
    record NotRun(String reason) implements CaseOutcome {
    }
}
