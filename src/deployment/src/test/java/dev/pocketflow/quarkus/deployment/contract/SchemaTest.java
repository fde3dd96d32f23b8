package dev.pocketflow.quarkus.deployment.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.QuarkusUnitTest;

/** The JSON Schema of a flow. */
class SchemaTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.APP;

    @Test
    void schema_describesInputAndOutput() throws Exception {
        String schema = given().accept("application/schema+json").get("/flow").then().statusCode(200)
                .contentType("application/schema+json").extract().asString();

        JsonNode expected = new ObjectMapper().readTree("""
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "ship",
                  "description": "Ships an order",
                  "$ref": "#/$defs/input",
                  "$defs": {
                    "input": {
                      "type": "object",
                      "properties": {
                        "lines": {
                          "type": "array", "items": {"$ref": "#/$defs/input/$defs/Line"}, "description": "What is ordered"
                        },
                        "due": {"type": "string", "format": "date"},
                        "boxes": {
                          "type": "integer", "minimum": -2147483648, "maximum": 2147483647,
                          "description": "At most this many boxes", "default": 1
                        },
                        "card": {"type": "string", "writeOnly": true},
                        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}
                      },
                      "required": ["lines", "due"],
                      "additionalProperties": false,
                      "$defs": {
                        "Line": {
                          "type": "object",
                          "properties": {
                            "article": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                            "count": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647}
                          },
                          "required": ["count"],
                          "additionalProperties": false
                        }
                      }
                    },
                    "output": {
                      "type": "object",
                      "properties": {
                        "pieces": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647},
                        "boxes": {
                          "type": "integer", "minimum": -2147483648, "maximum": 2147483647,
                          "description": "At most this many boxes", "default": 1
                        },
                        "card": {"type": "string", "writeOnly": true},
                        "never": {"type": "string"}
                      },
                      "additionalProperties": false
                    }
                  }
                }""");
        assertThat(new ObjectMapper().readTree(schema)).isEqualTo(expected);
    }
}
