package com.example.orders;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Store;

/** Fills the stock of each article that is low. */
class FillStock implements BatchNode<String, String> {

    @Inject
    OrderBook book;

    @Override
    public List<String> prep(Store shared) {
        return shared.get(Restocking.FILLED);
    }

    @Override
    @Retry(maxRetries = 2, delay = 50)
    public String exec(String article) throws SQLException {
        book.fill(article);
        return article;
    }
}
