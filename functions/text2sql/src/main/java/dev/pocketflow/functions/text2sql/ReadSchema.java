package dev.pocketflow.functions.text2sql;

import java.sql.SQLException;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.text2sql.Text2Sql.Asked;

/** Reads the tables and their columns. */
class ReadSchema implements Node<Asked, String> {
    @Inject
    Database database;

    @Override
    public Asked prep(Store shared) {
        return Asked.of(shared);
    }

    @Override
    @Retry(delay = 1000)
    public String exec(Asked asked) throws SQLException {
        return database.schema();
    }

    @Override
    public String post(Store shared, Asked asked, String schema) {
        shared.put(Text2Sql.SCHEMA, schema);
        return null;
    }
}
