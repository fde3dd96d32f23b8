package com.example.orders;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.pocketflow.RunEvent;

/** The runs that nobody waits for, by the events of their ends. */
@Singleton
class EndedRuns {

    private final Map<String, CompletableFuture<RunEvent.Completed>> ends = new ConcurrentHashMap<>();

    void ended(@Observes RunEvent.Completed end) {
        firstOf(end.flow()).complete(end);
    }

    /** {@return the end of the first run of this flow} */
    CompletableFuture<RunEvent.Completed> firstOf(String flow) {
        return ends.computeIfAbsent(flow, none -> new CompletableFuture<>());
    }
}
