package dev.pocketflow.functions.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.cloud.faults.FaultPlan;

/**
 * The fault campaign on executables. Processes are killed at seeded moments after a hop began, and hops are delivered twice.
 * The same seed hits different points each time, because processes vary; in process, see {@code ChaosCampaign}, it does not.
 */
class LoopFaultsLambdaIT {

    private static final String EVENT = "{\"until\":60}"; // 20 hops
    private static final int LANES = 5;

    private final Map<Integer, String> verdicts = new ConcurrentSkipListMap<>();
    private final List<Lane> lanes = new ArrayList<>();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void runsEndAsWithoutFaults_underFaults() throws Exception {
        LocalDynamo.missing().ifPresent(reason -> assumeTrue(false, reason));
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        LocalCloud.Builder builder = LocalCloud.builder()
                .lambda(lambda -> lambda.onAttempt(hop -> lanes.forEach(each -> each.over(hop))));
        IntStream.range(0, LANES).mapToObj(i -> new Lane("lane" + i, timer)).forEach(lanes::add);
        lanes.forEach(lane -> lane.into(builder));
        try (LocalCloud cloud = builder.start()) {
            lanes.forEach(lane -> lane.in(cloud));
            campaign(threads);
        } finally {
            timer.shutdownNow();
            threads.shutdownNow();
        }
        report();
        assertThat(verdicts).isNotEmpty().allSatisfy((seed, verdict) -> assertThat(verdict).isEqualTo("ended"));
        assertThat(sum(1)).as("invocations that were killed").isPositive();
    }

    private void campaign(ExecutorService threads) throws Exception {
        List<Object> expected = lanes.get(0).run(EVENT, FaultPlan.none());
        assertThat(expected).startsWith("completed", "done").contains("loop third done 1").hasSize(63);
        String[] range = System.getProperty("chaos.seeds", "0..14").split("\\.\\.");
        Queue<Integer> seeds = new ConcurrentLinkedQueue<>(IntStream.rangeClosed(Integer.parseInt(range[0]),
                Integer.parseInt(range[1])).boxed().toList());
        List<Future<Void>> done = new ArrayList<>();
        for (Lane lane : lanes) {
            done.add(threads.submit(through(lane, seeds, expected)));
        }
        for (Future<Void> each : done) {
            each.get();
        }
    }

    private Callable<Void> through(Lane lane, Queue<Integer> seeds, List<Object> expected) {
        return () -> {
            for (Integer seed = seeds.poll(); seed != null; seed = seeds.poll()) {
                FaultPlan plan = FaultPlan.seeded(seed, 0.2, 6);
                List<Object> end = lane.run(EVENT, plan);
                String verdict = end.equals(expected) ? "ended" : end.size() == 1 ? (String) end.get(0) : "wrong";
                verdicts.put(seed, verdict);
                if (!verdict.equals("ended")) {
                    System.out.printf("chaos: seed %d %s after %s: %s%n    ./mvnw verify -Dnative -Plambda -DskipUnitTests "
                            + "-Dit.test=LoopFaultsLambdaIT -Dchaos.seeds=%d..%d -pl functions/loop -am%n", seed, verdict,
                            plan.struck(), end, seed, seed);
                }
            }
            return null;
        };
    }

    private int sum(int fault) {
        return lanes.stream().mapToInt(lane -> lane.faults().get(fault)).sum();
    }

    private long count(String verdict) {
        return verdicts.values().stream().filter(verdict::equals).count();
    }

    private void report() {
        System.out.printf("chaos: %d kills ended %d invocations, %d deliveries were doubled%n", sum(0), sum(1),
                sum(2));
        long wrong = verdicts.size() - count("ended") - count("parked") - count("lost");
        System.out.printf("chaos: runs %d, ended %d, parked %d, lost %d, wrong %d%n", verdicts.size(), count("ended"),
                count("parked"), count("lost"), wrong);
    }
}
