package dev.pocketflow.functions.text2sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;

/** The second lock: the user of the database, past the check of the SQL. */
@QuarkusTest
class DatabaseRightsTest {

    @Inject
    Database database;

    @ParameterizedTest
    @ValueSource(strings = { "DELETE FROM customers", "SELECT * FROM FINAL TABLE (DELETE FROM lines)", "DROP TABLE lines",
            "CREATE TABLE mine (id INT)", "SELECT FILE_READ('pom.xml')", "SELECT * FROM CSVREAD('pom.xml')",
            "CALL CSVWRITE('target/x.csv', 'SELECT 1')", "SCRIPT TO 'target/x.sql'",
            "SELECT LINK_SCHEMA('a', '', 'jdbc:h2:mem:b', 'sa', '', 'PUBLIC')" })
    void statement_isRefusedByTheDatabase_unlessItReads(String sql) throws SQLException {
        assertThatThrownBy(() -> database.query(sql)).isInstanceOf(SQLException.class);
        assertThat(database.query("SELECT COUNT(*) FROM lines").rows()).containsExactly(List.of("4"));
    }

    @Test
    void query_isAnswered() throws SQLException {
        assertThat(database.query("SELECT name FROM products WHERE id = 1").rows()).hasSize(1);
    }
}
