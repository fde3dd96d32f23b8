package com.example.orders;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;

/** Fills the stock of each article of which few pieces are left. */
class Restocking {
    static final Key<Integer> LEAST = Key.of("least", Integer.class).describedAs("Fewer pieces than this are few");
    static final Key<List<String>> FILLED = Key.listOf("filled", String.class).describedAs("The articles that were filled");

    @Produces
    Flow restock(OrderBook book, FillStock fill) {
        return Flow.named("restock").takes(LEAST).gives(FILLED)
                .node("look", Node.of(LEAST, book::low, FILLED))
                .then("fill")
                .node("fill", fill)
                .build();
    }
}
