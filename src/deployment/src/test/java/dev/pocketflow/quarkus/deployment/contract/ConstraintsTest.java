package dev.pocketflow.quarkus.deployment.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** The constraints of Jakarta Bean Validation, in an application that has Hibernate Validator. */
class ConstraintsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Basket.class, Article.class, Application.class).setForcedDependencies(
            List.of(Dependency.of("io.quarkus", "quarkus-hibernate-validator", Version.getVersion())));

    record Article(@NotBlank String name, @Positive int count) {
    }

    record Basket(@NotNull List<@Valid Article> articles) {
    }

    static final Key<Basket> BASKET = Key.of("basket", Basket.class);
    static final Key<List<Article>> MORE = Key.listOf("more", Article.class).optional();

    static class Application {
        @Produces
        Flow flow() {
            return Flow.named("order").takes(BASKET, MORE).node("go", Node.route(store -> null)).build();
        }
    }

    private static List<Map<String, String>> errors(String input) {
        return given().contentType("application/json").body(input).post("/").then().statusCode(400).extract().path("errors");
    }

    @Test
    void violations_areFaults_atTheirPlaces() {
        assertThat(errors("""
                {"basket":{"articles":[{"name":"tea","count":1},{"name":" ","count":0}]},"more":[{"name":"a","count":-1}]}"""))
                .containsExactlyInAnyOrder(Map.of("pointer", "#/basket/articles/1/name", "detail", "must not be blank"),
                        Map.of("pointer", "#/basket/articles/1/count", "detail", "must be greater than 0"),
                        Map.of("pointer", "#/more/0/count", "detail", "must be greater than 0"));
    }

    /** The type comes first: a constraint is checked on values that have the right one. */
    @Test
    void memberThatMustNotBeNull_isRequired() {
        assertThat(errors("{\"basket\":{}}"))
                .containsExactly(Map.of("pointer", "#/basket/articles", "detail", "is missing, where a list is expected"));
        assertThat(errors("{\"basket\":{\"articles\":[{\"count\":1}]}}")).containsExactly(
                Map.of("pointer", "#/basket/articles/0/name", "detail", "is missing, where a text is expected"));
    }

    @Test
    void inputWithoutViolation_isAccepted() {
        given().contentType("application/json").body("{\"basket\":{\"articles\":[{\"name\":\"tea\",\"count\":1}]}}").post("/")
                .then().statusCode(200);
    }
}
