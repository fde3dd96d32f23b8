package dev.pocketflow.quarkus.deployment.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** An application with one flow at its usual path, which chooses the packages for its OpenAPI document. */
class ScannedPackagesTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Application.class)
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-smallrye-openapi", Version.getVersion())))
            .overrideConfigKey("mp.openapi.scan.packages",
                    "com.example,dev.pocketflow.quarkus.internal.openapi,io.quarkus.smallrye.openapi");

    static class Application {
        static final Key<String> TEXT = Key.of("text", String.class);

        @Produces
        Flow louder() {
            return Flow.named("louder").takes(TEXT).gives(TEXT).node("go", Node.of(TEXT, text -> text + "!", TEXT)).build();
        }
    }

    @Test
    void flowIsDescribed_ifItsPackageIsChosenToo() {
        given().accept("application/json").get("/q/openapi").then().statusCode(200)
                .body("paths", aMapWithSize(3)).body("paths", hasKey("/flow"))
                .body("paths.'/'.post.operationId", equalTo("run-louder"));
    }
}
