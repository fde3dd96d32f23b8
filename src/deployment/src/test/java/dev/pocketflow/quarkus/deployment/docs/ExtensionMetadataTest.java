package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The metadata of the extension, and the guide for coding assistants that its deployment artifact carries. */
class ExtensionMetadataTest {

    private static final Pattern OURS = Pattern.compile("https://[^\\s\")]*/(?:blob/)?HEAD/([^\\s\")#]+)");
    private static final Pattern RELATIVE_LINK = Pattern.compile("\\]\\((?!https?:|#)[^)]*\\)");

    private static JsonNode metadata() throws IOException {
        for (URL url : Collections
                .list(ExtensionMetadataTest.class.getClassLoader().getResources("META-INF/quarkus-extension.yaml"))) {
            JsonNode extension = new YAMLMapper().readTree(url);
            if (extension.path("artifact").asText().startsWith("dev.pocketflow:")) {
                return extension;
            }
        }
        throw new AssertionError("the class path has no metadata of the extension");
    }

    private static String skill() throws IOException {
        try (InputStream in = ExtensionMetadataTest.class.getResourceAsStream("/META-INF/quarkus-skill.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The paths in this repository of the addresses that the text has. */
    private static List<String> paths(String text) {
        return OURS.matcher(text).results().map(address -> address.group(1)).toList();
    }

    @Test
    void extension_isDescribedForTheCatalogue() throws IOException {
        JsonNode extension = metadata();
        assertThat(extension.path("name").asText()).isEqualTo("PocketFlow");
        assertThat(extension.path("description").asText()).isNotBlank();
        JsonNode metadata = extension.path("metadata");
        assertThat(Stream.of("short-name", "guide", "icon-url", "status").map(key -> metadata.path(key).asText()))
                .noneMatch(String::isBlank);
        assertThat(metadata.path("keywords")).isNotEmpty();
        assertThat(metadata.path("categories")).isNotEmpty();
        assertThat(metadata.at("/config/0").asText()).isEqualTo("quarkus.pocketflow.");
        assertThat(paths(metadata.toString())).hasSize(2).allSatisfy(path -> assertThat(Pages.ROOT.resolve(path)).exists());
    }

    @Test
    void codestart_isTheModuleOfThisVersion() throws IOException {
        String[] artifact = metadata().at("/metadata/codestart/artifact").asText().split(":");
        String pom = Pages.text(Pages.ROOT.resolve("src/codestart/pom.xml"));

        assertThat(pom).contains("<artifactId>" + artifact[1] + "</artifactId>", "<version>" + artifact[4] + "</version>");
    }

    @Test
    void skill_isTheGuideOfThisRepository_withoutItsOwnSections() throws IOException {
        String guide = Pages.text(Pages.ROOT.resolve("AGENTS.md"));
        List<String> rules = Pattern.compile("(?m)^\\d+\\. .*$").matcher(guide.replaceAll("\\]\\([^)]*\\)", "]()")).results()
                .map(MatchResult::group).toList();

        assertThat(rules).hasSizeGreaterThan(8);
        assertThat(skill().replaceAll("\\]\\([^)]*\\)", "]()")).contains(rules).contains("In your own project:")
                .doesNotContain("## Commands", "functions/pom.xml", "infra/README.md", "flow here\n");
    }

    @Test
    void linksOfTheSkill_leadToPagesOfThisRepository() throws IOException {
        assertThat(RELATIVE_LINK.matcher(skill()).results().map(MatchResult::group)).isEmpty();
        assertThat(paths(skill())).hasSizeGreaterThan(4).allSatisfy(path -> assertThat(Pages.ROOT.resolve(path)).exists());
    }
}
