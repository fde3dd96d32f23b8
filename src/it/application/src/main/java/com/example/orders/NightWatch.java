package com.example.orders;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import dev.pocketflow.quarkus.Flows;
import io.quarkus.scheduler.Scheduled;

/** Starts a run of the second flow, every night. */
@ApplicationScoped
class NightWatch {

    private final Flows flows;

    NightWatch(Flows flows) {
        this.flows = flows;
    }

    @Scheduled(every = "{restock.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void restock() {
        flows.start("restock", Map.of("least", 5));
    }
}
