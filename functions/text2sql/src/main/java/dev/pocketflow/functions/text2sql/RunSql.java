package dev.pocketflow.functions.text2sql;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.text2sql.RunSql.Result;
import dev.pocketflow.functions.text2sql.Text2Sql.Problem;

/** Runs the query. Its error goes back to the model. */
class RunSql implements Node<String, Result> {
    @Inject
    Database database;

    /** The rows of a query; or the problem with it, which is null otherwise. */
    record Result(List<String> columns, List<List<String>> rows, boolean cut, String problem) {
    }

    @Override
    public String prep(Store shared) {
        return shared.get(Text2Sql.SQL);
    }

    @Override
    @Retry(delay = 1000)
    public Result exec(String sql) throws SQLException {
        try {
            return database.query(SqlCheck.query(sql));
        } catch (SqlCheck.Refused | SQLException e) {
            if (e instanceof SQLException database && String.valueOf(database.getSQLState()).matches("08.*|null")) {
                throw database; // the connection failed, not the query
            }
            return new Result(List.of(), List.of(), false, e.getMessage());
        }
    }

    @Override
    public String post(Store shared, String sql, Result result) {
        if (result.problem() != null) {
            shared.append(Text2Sql.PROBLEMS, new Problem(sql, result.problem()));
            return "failed";
        }
        shared.put(Text2Sql.COLUMNS, result.columns());
        shared.put(Text2Sql.ROWS, result.rows());
        shared.put(Text2Sql.CUT, result.cut());
        return "done";
    }
}
