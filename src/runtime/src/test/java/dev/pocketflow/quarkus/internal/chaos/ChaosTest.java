package dev.pocketflow.quarkus.internal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.cloud.faults.FaultPlan;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;

/** The campaign in small: the workflow under seeded faults, with the ledger in memory. */
class ChaosTest {

    private static ChaosRun run(FaultPlan plan, boolean ledger, String checkpoint) {
        ChaosRun.Clock clock = new ChaosRun.Clock();
        return ChaosRun.ended("one", plan, ledger ? new MemoryLedger(Duration.ofDays(365), clock) : Ledger.NONE, clock,
                checkpoint);
    }

    @Test
    void runHasThirtySteps_withoutFaults() {
        ChaosRun run = run(FaultPlan.none(), true, "step");

        assertThat(run.verdict()).isEqualTo("ended");
        assertThat(run.world.repeated()).isZero();
        assertThat(run.world.services()).isGreaterThanOrEqualTo(30);
        assertThat(run.world.begun).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @CsvSource({ "true, step", "true, hop", "false, hop" })
    void runsEndAlike_andRepeatOnlyHopsInFlight(boolean ledger, String checkpoint) {
        for (int seed = 0; seed < 200; seed++) {
            ChaosRun run = run(FaultPlan.seeded(seed, 0.03, 8), ledger, checkpoint);

            assertThat(run.verdict()).as("seed %d: %s", seed, run.world.plan.struck()).isEqualTo("ended");
            assertThat(run.world.onlyInFlight()).as("seed %d: %s", seed, run.world.plan.struck()).isTrue();
            assertThat(run.world.mistaken).as("seed %d: %s", seed, run.world.plan.struck()).isEmpty();
        }
    }

    @Test
    void seedRepeatsAllFaults() {
        for (int seed = 0; seed < 20; seed++) {
            ChaosRun first = run(FaultPlan.seeded(seed, 0.03, 8), true, "step");
            ChaosRun second = run(FaultPlan.seeded(seed, 0.03, 8), true, "step");

            assertThat(second.world.plan.struck()).isEqualTo(first.world.plan.struck());
            assertThat(second.world.passed).isEqualTo(first.world.passed);
        }
    }
}
