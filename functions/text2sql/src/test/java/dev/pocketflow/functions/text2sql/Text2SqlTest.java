package dev.pocketflow.functions.text2sql;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class Text2SqlTest {

    private ScriptedModel model;

    @BeforeEach
    void resetTheModel() {
        model = ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.reset();
    }

    private static ValidatableResponse ask(String question) {
        return given().contentType("application/json").body(Map.of("question", question)).post("/").then();
    }

    /** Has the model write this first. */
    private void write(String sql, String more) throws JsonProcessingException {
        model.prepend(
                "- {when: Write one SELECT, json: {sql: " + new ObjectMapper().writeValueAsString(sql) + "}" + more + "}");
    }

    @Test
    void question_isAnsweredByRows() {
        ask("What was sold most?").statusCode(200).body("store.columns", contains("NAME", "PIECES"))
                .body("store.rows", equalTo(List.of(List.of("tea", "7"), List.of("cocoa", "1"), List.of("coffee", "1"))))
                .body("store.cut", equalTo(false)).body("path.node", contains("schema", "write", "run"));
        assertThat(model.requests().get(0).lastUserMessage())
                .contains("PRODUCTS[ID INTEGER, NAME CHARACTER VARYING, PRICE DECIMAL]");
    }

    @Test
    void errorOfTheDatabase_goesBackToTheModel() throws Exception {
        write("SELECT town FROM customers", ", times: 1");

        ask("Who are the customers?").statusCode(200).body("store.rows", hasSize(3))
                .body("path.node", contains("schema", "write", "run", "write", "run"));
        assertThat(model.requests().get(1).lastUserMessage()).contains("This query was refused: SELECT town FROM customers",
                "Column \"TOWN\" not found");
    }

    @ParameterizedTest
    @ValueSource(strings = { "DROP TABLE customers", "DELETE FROM customers", "UPDATE customers SET name = 'x'",
            "SELECT 1; DELETE FROM customers", "SELECT 1 /* harmless */; DROP TABLE lines --",
            "WITH gone AS (DELETE FROM lines RETURNING *) SELECT * FROM gone",
            "SELECT * FROM FINAL TABLE (DELETE FROM lines)", "SELECT * INTO copy FROM customers",
            "CALL CSVWRITE('target/x.csv', 'SELECT 1')", "SELECT CSVWRITE('target/x.csv', 'SELECT 1')",
            "SELECT FILE_READ('pom.xml')", "SELECT * FROM CSVREAD('pom.xml')",
            "SELECT LINK_SCHEMA('a', '', 'jdbc:h2:mem:b', 'sa', '', 'PUBLIC')", "SELECT * FROM customers FOR UPDATE",
            "SET EXCLUSIVE 1", "SCRIPT TO 'target/x.sql'", "", "no SQL at all" })
    void runFails_andNothingChanges_whenTheModelWritesAnythingButAQuery(String sql) throws Exception {
        write(sql, "");

        ask("What was sold most?").statusCode(500)
                .body("failure.message", containsString("the model wrote 3 queries that were refused"));
        model.reset();
        ask("What was sold most?").statusCode(200).body("store.rows", hasSize(3)).body("store.rows[0]", contains("tea", "7"));
    }

    @Test
    void textThatNamesAStatement_isAQuery() throws Exception {
        write("SELECT 'DELETE' AS word, name AS \"UPDATE\" FROM customers WHERE id = 1", "");

        ask("Who?").statusCode(200).body("store.rows[0]", contains("DELETE", "Ada"));
    }

    @Test
    void hugeResult_isCut() throws Exception {
        write("SELECT x, REPEAT('a', 600) FROM SYSTEM_RANGE(1, 100000)", "");

        ask("Everything").statusCode(200).body("store.rows", hasSize(100)).body("store.cut", equalTo(true))
                .body("store.rows[0][1].length()", equalTo(500));
    }

    @Test
    void questionIsRefused_whenItIsBlankOrHuge() {
        ask(" ").statusCode(400).body("detail", containsString("the question is blank"));
        ask("x".repeat(2_001)).statusCode(400);
        assertThat(model.requests()).isEmpty();
    }
}
