package dev.pocketflow.quarkus.deployment.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** The schemas that a build of an application writes. Nothing is configured that the application would need to start. */
class SchemaFilesTest {

    @RegisterExtension
    static final QuarkusProdModeTest APP = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(SchemaFilesTest.class, Application.class, Note.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest", Version.getVersion())))
            .overrideConfigKey("quarkus.pocketflow.store-schema-directory", "schemas/of flows")
            .overrideConfigKey("quarkus.pocketflow.flow", "shorter")
            .overrideConfigKey("quarkus.pocketflow.input.unknown", "ignore")
            .setApplicationName("schemas").setApplicationVersion("1").setRun(false);

    @ProdBuildResults
    ProdModeTestResults built;

    record Note(String text) {
    }

    static class Application {
        static final Key<String> TEXT = Key.of("text", String.class).describedAs("The text to shorten");
        static final Key<Note> NOTE = Key.of("note", Note.class);

        @Produces
        Flow shorter() {
            return Flow.named("shorter").takes(TEXT).gives(TEXT).node("cut", Node.of(TEXT, text -> text.substring(1), TEXT))
                    .build();
        }

        @Produces
        Flow note() {
            return Flow.named("take a note").takes(NOTE).node("go", Node.route(store -> null)).build();
        }
    }

    private Path directory() {
        return built.getBuildDir().getParent().resolve("schemas/of flows");
    }

    @Test
    void eachFlow_hasAFile() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("shorter.schema.json",
                    "take%20a%20note.schema.json");
        }
    }

    @Test
    void file_hasTheSchema_asTheApplicationIsConfigured() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(directory().resolve("shorter.schema.json").toFile());

        assertThat(schema.at("/$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.at("/$defs/input")).isEqualTo(new ObjectMapper().readTree("""
                {"type": "object", "properties": {"text": {"type": "string", "description": "The text to shorten"}},
                 "required": ["text"]}"""));
        assertThat(schema.at("/$defs/output/properties/text/type").asText()).isEqualTo("string");
    }

    /** The key is in no test and no native executable: the packaged application does not need it either. */
    @Test
    void applicationThatIsStartedForIt_saysNothing() throws IOException {
        assertThat(Files.readString(built.getBuildDir().resolve("pocketflow-schemas.log"))).isEmpty();
    }
}
