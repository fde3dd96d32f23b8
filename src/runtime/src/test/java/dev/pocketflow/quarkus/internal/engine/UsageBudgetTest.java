package dev.pocketflow.quarkus.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

class UsageBudgetTest {

    private final Map<String, Double> used = new HashMap<>();

    private UsageBudget budget(Map<String, Double> limits) {
        return new UsageBudget(limits, () -> used);
    }

    @Test
    void runContinues_belowItsLimitsOrWithoutLimits() {
        used.put("input-tokens", 999.0);
        used.put("calls", 1e9);

        assertThat(budget(Map.of("input-tokens", 1000.0, "output-tokens", 1.0)).get()).isNull();
        assertThat(budget(Map.of()).get()).isNull();
    }

    @Test
    void runStops_atTheLimit_withTheUnitAndTheKey() {
        UsageBudget budget = budget(Map.of("input-tokens", 1000.0));
        used.put("input-tokens", 1000.0);

        assertThat(budget.get()).isEqualTo("because it has used 1000 input-tokens, and may use 1000. "
                + "To resume it, raise quarkus.pocketflow.budget.usage.input-tokens");
    }

    @Test
    void amountsAreWrittenForPeople_inEachLocale() {
        used.put("cost", 1234567.125);

        assertThat(budget(Map.of("cost", 0.5)).get()).contains("used 1234567.125 cost", "may use 0.5.");
    }

    @Test
    void firstExceededUnitIsNamed() {
        used.putAll(Map.of("b", 2.0, "a", 2.0));

        assertThat(budget(Map.of("b", 1.0, "a", 1.0)).get()).contains("budget.usage.a");
    }

    /** An environment variable cannot contain a dash. */
    @Test
    void limitInAnotherSpelling_limitsTheUnit() {
        used.putAll(Map.of("cost-cents", 7.0, "cost_cents", 3.0));

        assertThat(budget(Map.of("cost.cents", 7.0)).get()).contains("used 7 cost-cents");
        assertThat(budget(Map.of("cost.cents", 8.0)).get()).isNull();
        assertThat(budget(Map.of("cost_cents", 5.0)).get()).isNull();
    }
}
