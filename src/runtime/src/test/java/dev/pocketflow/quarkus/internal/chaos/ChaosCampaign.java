package dev.pocketflow.quarkus.internal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.cloud.faults.FaultPlan;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LocalLedgerTable;
import dev.pocketflow.quarkus.internal.ledger.DynamoDbLedger;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;

/** {@code ./mvnw verify -Pchaos -Dchaos.seeds=0..499}: the workflow under seeded faults, once per seed. */
class ChaosCampaign {

    private final String ledger = System.getProperty("chaos.ledger", "dynamodb");
    private final String checkpoint = System.getProperty("chaos.checkpoint", "step");

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void everyRunEnds_withEachSeed() {
        String[] seeds = System.getProperty("chaos.seeds", "0..99").split("\\.\\.");
        ChaosRun.Clock clock = new ChaosRun.Clock();
        Map<String, Integer> verdicts = new TreeMap<>();
        int repeated = 0;
        try (LocalDynamo dynamo = ledger.equals("dynamodb") ? LocalLedgerTable.start() : null;
                AwsSdkSettings settings = dynamo == null ? null : new AwsSdkSettings(dynamo.endpoint().toString())) {
            Ledger kept = ledger(clock);
            for (int seed = Integer.parseInt(seeds[0]); seed <= Integer.parseInt(seeds[1]); seed++) {
                ChaosRun run = ChaosRun.ended("seed " + seed, FaultPlan.seeded(seed, 0.03, 8), kept, clock, checkpoint);
                repeated += run.world.repeated();
                String verdict = run.world.onlyInFlight() && run.world.mistaken.isEmpty() ? run.verdict() : "wrong";
                verdicts.merge(verdict, 1, Integer::sum);
                if (!verdict.equals("ended")) {
                    System.out.printf(
                            "chaos: seed %d %s after %s%n    ./mvnw verify -Pchaos -Dchaos.seeds=%d..%d -Dchaos.ledger=%s "
                                    + "-Dchaos.checkpoint=%s%n",
                            seed, verdict, run.world.plan.struck(), seed, seed, ledger, checkpoint);
                }
            }
        }
        int runs = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("chaos: runs %d, ended %d, parked %d, lost %d, wrong %d, repeated effects %d%n", runs,
                verdicts.getOrDefault("ended", 0), verdicts.getOrDefault("parked", 0), verdicts.getOrDefault("lost", 0),
                verdicts.getOrDefault("wrong", 0), repeated);
        assertThat(verdicts).containsOnlyKeys("ended");
    }

    private Ledger ledger(ChaosRun.Clock clock) {
        return switch (ledger) {
            case "none" -> Ledger.NONE;
            case "memory" -> new MemoryLedger(Duration.ofDays(365), clock);
            case "dynamodb" ->
                new DynamoDbLedger(new LedgerConfigValues(null, Duration.ofDays(365), "pocketflow", null), clock);
            default -> throw new IllegalArgumentException("chaos.ledger is none, memory or dynamodb, was " + ledger);
        };
    }
}
