package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.testing.FaultPlan;

/** The campaign in small: the workflow under seeded faults, with the ledger in memory. */
class ChaosTest {

    static final String EXPECTED = new ChaosRun(FaultPlan.none(), null, "hop").toItsEnd().world.outcomes.iterator().next();

    static ChaosRun run(FaultPlan plan, boolean ledger, String checkpoint) {
        Late clock = new Late();
        ChaosRun run = new ChaosRun(plan, ledger ? new MemoryLedger(Duration.ofDays(365), clock) : null, checkpoint);
        clock.source = run.time();
        return run.toItsEnd();
    }

    /** A clock that is there before its time. */
    static final class Late implements java.time.InstantSource {
        java.time.InstantSource source;

        @Override
        public java.time.Instant instant() {
            return source.instant();
        }
    }

    @Test
    void faultFreeRun_hasItsThirtySteps_andNoRepetition() {
        ChaosRun run = run(FaultPlan.none(), true, "step");

        assertThat(run.world.outcomes).containsExactly(EXPECTED);
        assertThat(run.world.repeated()).isZero();
        assertThat(run.world.services()).isGreaterThanOrEqualTo(29);
        assertThat(run.world.begun).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @CsvSource({ "true, step", "true, hop", "false, hop" })
    void everyRunEndsAlike(boolean ledger, String checkpoint) {
        for (int seed = 0; seed < 300; seed++) {
            ChaosRun run = run(FaultPlan.seeded(seed, 0.03, 8), ledger, checkpoint);

            assertThat(run.world.outcomes).as("seed %d: %s", seed, run.world.plan.struck()).containsExactly(EXPECTED);
        }
    }
}
