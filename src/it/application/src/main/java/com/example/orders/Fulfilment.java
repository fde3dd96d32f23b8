package com.example.orders;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;

/** Fulfils an order, or refuses it. */
class Fulfilment {
    static final Key<String> ORDER = Key.of("order", String.class).describedAs("The number of the order");
    static final Key<String> ARTICLE = Key.of("article", String.class).describedAs("What is ordered");
    static final Key<Integer> PIECES = Key.of("pieces", Integer.class).describedAs("How many are ordered");
    static final Key<String> STATE = Key.of("state", String.class).describedAs("reserved, or sold out");

    enum Next {
        RESERVED,
        SOLD_OUT
    }

    @Produces
    Flow fulfil(ReservePieces reserve) {
        return Flow.named("fulfil").takes(ORDER, ARTICLE, PIECES).gives(STATE)
                .node("reserve", reserve).ends(Next.RESERVED).ends(Next.SOLD_OUT)
                .build();
    }
}
