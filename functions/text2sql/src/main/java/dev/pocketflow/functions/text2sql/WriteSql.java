package dev.pocketflow.functions.text2sql;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.text2sql.Text2Sql.Asked;

/** Lets the model write a query, three times at most. */
class WriteSql implements Node<Asked, String> {
    @Inject
    SqlWriter writer;

    @Override
    public Asked prep(Store shared) {
        Asked asked = Asked.of(shared);
        if (asked.problems().size() == 3) {
            throw new FlowException("the model wrote 3 queries that were refused. Ask in other words");
        }
        return asked;
    }

    @Override
    @Retry(delay = 1000)
    @Timeout(30_000)
    public String exec(Asked asked) {
        return writer.write(asked).sql();
    }

    @Override
    public String post(Store shared, Asked asked, String sql) {
        shared.put(Text2Sql.SQL, sql == null ? "" : sql);
        return null;
    }
}
