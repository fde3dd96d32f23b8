package dev.pocketflow.functions.text2sql;

import java.util.regex.Pattern;

import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.Select;

/** Refuses all but one query. The rights of the database's user are the second lock: see {@link Database}. */
final class SqlCheck {
    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");
    private static final Pattern NO_QUERY = Pattern.compile(
            "\\b(?:INSERT|UPDATE|DELETE|MERGE|INTO|CALL|EXECUTE|DROP|CREATE|ALTER|TRUNCATE|GRANT|SET|COPY|FINAL|OLD|NEW)\\b",
            Pattern.CASE_INSENSITIVE);

    private SqlCheck() {
    }

    /** A text that is not one query. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** {@return the query as the parser writes it: one statement, without comments} */
    static String query(String sql) throws Refused {
        Statements statements;
        try {
            statements = CCJSqlParserUtil.parseStatements(sql);
        } catch (JSQLParserException e) {
            throw new Refused("this is not SQL that can be read");
        }
        if (statements == null || statements.size() != 1 || !(statements.get(0) instanceof Select)) {
            throw new Refused("only one SELECT is allowed");
        }
        String query = statements.get(0).toString();
        if (NO_QUERY.matcher(QUOTED.matcher(query).replaceAll("''")).find()) {
            throw new Refused("a SELECT that only reads is allowed");
        }
        return query;
    }
}
