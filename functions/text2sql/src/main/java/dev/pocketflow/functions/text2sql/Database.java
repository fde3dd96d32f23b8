package dev.pocketflow.functions.text2sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;

/** The database. Its user has the right to read, and no other: that is what keeps a model's SQL from writing. */
@Singleton
class Database {
    private static final int MOST_ROWS = 100;
    private static final int LONGEST_VALUE = 500;

    @Inject
    AgroalDataSource source;

    /** {@return a line for each table, with its columns and their types} */
    String schema() throws SQLException {
        try (Connection connection = source.getConnection()) {
            Map<String, List<String>> tables = new TreeMap<>();
            try (ResultSet column = connection.getMetaData().getColumns(null, connection.getSchema(), "%", "%")) {
                while (column.next()) {
                    tables.computeIfAbsent(column.getString("TABLE_NAME"), name -> new ArrayList<>())
                            .add(column.getString("COLUMN_NAME") + " " + column.getString("TYPE_NAME"));
                }
            }
            return String.join("\n", tables.entrySet().stream().map(table -> table.getKey() + table.getValue()).toList());
        }
    }

    RunSql.Result query(String sql) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(10);
            statement.setMaxRows(MOST_ROWS + 1);
            ResultSet result = statement.executeQuery(sql);
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                columns.add(result.getMetaData().getColumnLabel(i));
            }
            List<List<String>> rows = new ArrayList<>();
            boolean cut = false;
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    String value = String.valueOf(result.getObject(i));
                    cut |= value.length() > LONGEST_VALUE;
                    row.add(value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
                }
                rows.add(row);
            }
            return new RunSql.Result(columns, rows.subList(0, Math.min(rows.size(), MOST_ROWS)),
                    cut || rows.size() > MOST_ROWS, null);
        }
    }
}
