package dev.pocketflow.functions.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.LocalCloud;
import dev.pocketflow.cloud.faults.FaultPlan;
import dev.pocketflow.cloud.faults.FaultPlan.Fault;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.lambda.RecursiveLoop;

/** A function with its own queue, table and fault plan. It runs one run after the other. */
final class Lane {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The longest time between a hop's delivery and the kill of its process. */
    private static final Duration LATEST = Duration.ofMillis(200);

    private final String name;
    private final ScheduledExecutorService timer;
    private final Set<String> known = new HashSet<>();
    private FaultPlan plan = FaultPlan.none();
    private LocalCloud cloud;
    private int kills;
    private int struck;
    private int duplicates;

    Lane(String name, ScheduledExecutorService timer) {
        this.name = name;
        this.timer = timer;
    }

    /**
     * Adds the function and its services. A killed hop is delivered again after a second. Its claim ends half a second later,
     * at the time limit of the killed invocation.
     */
    void into(LocalCloud.Builder builder) {
        builder.table(name).queue(dead())
                .queue(name, queue -> queue.visibilityTimeout(Duration.ofSeconds(1)).deadLetters(dead(), 100))
                .function(name, spec -> Executable.ledgered(spec, "sqs", name).timeout(Duration.ofMillis(1_500)).concurrency(2)
                        .recursiveLoop(RecursiveLoop.ALLOW)
                        .env("QUARKUS_POCKETFLOW_SQS_QUEUE_URL", "${" + LocalCloud.QUEUE_URL + name.toUpperCase() + "}")
                        .env("QUARKUS_POCKETFLOW_BUDGET_STEPS", "3").env("QUARKUS_POCKETFLOW_BUDGET_MARGIN", "200ms"))
                .eventSource(name, name, source -> source.batchSize(1).reportBatchItemFailures().deliveries(this::deliveries));
    }

    void in(LocalCloud started) {
        cloud = started;
    }

    private String dead() {
        return name + "-dead";
    }

    private synchronized int deliveries() {
        if (plan.strikes(Fault.KILL, "hop")) {
            timer.schedule(this::kill, plan.some(LATEST).toMillis(), TimeUnit.MILLISECONDS);
        }
        if (plan.strikes(Fault.DUPLICATE, "delivery")) {
            duplicates++;
            return 2;
        }
        return 1;
    }

    private void kill() {
        int killed = cloud.lambda().kill(name);
        synchronized (this) {
            kills += killed > 0 ? 1 : 0;
        }
    }

    /** Receives each hop. */
    synchronized void over(InvocationAttempt hop) {
        struck += hop.function().equals(name) && hop.outcome().equals("Runtime.ExitError") ? 1 : 0;
    }

    /** {@return the number of kills that found a process, of invocations that they ended, and of doubled deliveries} */
    synchronized List<Integer> faults() {
        return List.of(kills, struck, duplicates);
    }

    /**
     * Runs a run to its end.
     *
     * @return its end; one word, {@code parked} or {@code lost}, if it did not complete
     */
    List<Object> run(String event, FaultPlan faults) throws InterruptedException {
        set(faults);
        cloud.sqs().send(name, event);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (cloud.sqs().size(name) > 0) { // the current hop is in the queue, hidden
            if (System.nanoTime() > end) {
                return List.of("lost");
            }
            TimeUnit.MILLISECONDS.sleep(50); // nothing reports that a queue is empty
        }
        set(FaultPlan.none());
        return cloud.sqs().size(dead()) > 0 ? List.of("parked") : recorded();
    }

    private synchronized void set(FaultPlan faults) {
        plan = faults;
    }

    /** {@return the ledger's record of the run: all hops in order, each completed, and the outcome in the last one} */
    private List<Object> recorded() {
        List<String> hops = new ArrayList<>(Executable.hops(cloud, name));
        hops.removeIf(id -> !known.add(id));
        if (hops.isEmpty()) {
            return List.of("lost");
        }
        String run = hops.get(0).split("#")[0];
        for (int hop = 0; hop < hops.size() - 1; hop++) {
            String status = outcome(run + "#" + hop).path("status").asText();
            if (!status.equals("handed-over")) {
                return List.of(run + "#" + hop + " is " + (status.isEmpty() ? "not done" : status));
            }
        }
        return Executable.end(outcome(run + "#" + (hops.size() - 1)));
    }

    private JsonNode outcome(String id) {
        return cloud.dynamo().item(name, id).map(Executable::json).map(item -> item.path("data").path("B").asText())
                .map(data -> Executable.json(Base64.getDecoder().decode(data)))
                .orElseThrow(() -> new IllegalStateException("the ledger has no " + id));
    }
}
