package com.example.orders;

import java.sql.SQLException;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Reserves the pieces of an order. */
class ReservePieces implements Node<ReservePieces.Wanted, Boolean> {

    /** An order, as the database wants it. */
    record Wanted(String order, String article, int pieces) {
    }

    @Inject
    OrderBook book;

    @Override
    public Wanted prep(Store shared) {
        return new Wanted(shared.get(Fulfilment.ORDER), shared.get(Fulfilment.ARTICLE), shared.get(Fulfilment.PIECES));
    }

    @Override
    @Retry(maxRetries = 2, delay = 50)
    public Boolean exec(Wanted wanted) throws SQLException {
        return book.reserve(wanted.order(), wanted.article(), wanted.pieces());
    }

    @Override
    public String post(Store shared, Wanted wanted, Boolean reserved) {
        shared.put(Fulfilment.STATE, reserved ? "reserved" : "sold out");
        return (reserved ? Fulfilment.Next.RESERVED : Fulfilment.Next.SOLD_OUT).name();
    }
}
