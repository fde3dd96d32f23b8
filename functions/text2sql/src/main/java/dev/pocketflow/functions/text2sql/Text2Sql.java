package dev.pocketflow.functions.text2sql;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.TypeRef;

/** Answers a question about a database by SQL that a language model writes. */
class Text2Sql {
    static final Key<String> QUESTION = Key.of("question", String.class).describedAs("A question about the data");
    static final Key<String> SCHEMA = Key.of("schema", String.class);
    static final Key<String> SQL = Key.of("sql", String.class).describedAs("The query that was run");
    static final Key<List<Problem>> PROBLEMS = Key.listOf("problems", Problem.class);
    static final Key<List<String>> COLUMNS = Key.listOf("columns", String.class).describedAs("The names of the columns");
    static final Key<List<List<String>>> ROWS = Key.of("rows", new TypeRef<List<List<String>>>() {
    }).describedAs("The rows, at most 100");
    static final Key<Boolean> CUT = Key.of("cut", Boolean.class).describedAs("Whether there are more rows, or longer values");

    /** A query that was refused, and the reason. */
    record Problem(String sql, String message) {
    }

    /** The question, the tables, and the queries that failed. */
    record Asked(String question, String schema, List<Problem> problems) {
        static Asked of(Store shared) {
            String question = shared.get(QUESTION);
            if (question.isBlank() || question.length() > 2_000) {
                throw new FlowException.BadInput("the question is blank, or longer than 2000 characters");
            }
            return new Asked(question, shared.find(SCHEMA).orElse(""), shared.find(PROBLEMS).orElse(List.of()));
        }
    }

    @Produces
    Flow text2sql(ReadSchema schema, WriteSql write, RunSql run) {
        return Flow.named("text2sql").describedAs("Answers a question about a database")
                .takes(QUESTION).gives(SQL, COLUMNS, ROWS, CUT)
                .node("schema", schema).then("write")
                .node("write", write).then("run")
                .node("run", run).on("failed", "write").ends("done")
                .build();
    }
}
