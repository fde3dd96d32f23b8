package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.deployment.PocketFlowBuildTimeConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** The table of configuration is generated from the Javadoc that Quarkus's annotation processor collects. */
class ConfigTableTest {

    private static final Path PAGE = Pages.ROOT.resolve("src/docs/reference/configuration.md");
    private static final String TABLE = "(?m)^\\| key .*\\n(?:\\|.*\\n)+";
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** To repair it, copy the file that this test writes. */
    @Test
    void table_isGeneratedFromTheJavadoc() throws IOException {
        String table = "| key | default | meaning |\n|---|---|---|\n" + String.join("", rows());
        String page = Pages.text(PAGE).replaceFirst(TABLE, Matcher.quoteReplacement(table));
        Files.writeString(Path.of("target", "configuration.md"), page);

        assertThat(Pages.text(PAGE)).as("copy src/deployment/target/configuration.md to src/docs/reference").isEqualTo(page);
    }

    private static List<String> rows() throws IOException {
        Map<String, String> javadoc = new TreeMap<>();
        for (JsonNode elements : models("javadoc.json", "elements")) {
            elements.properties().forEach(each -> javadoc.put(each.getKey(), each.getValue().path("description").asText()));
        }
        List<String> rows = new ArrayList<>();
        for (JsonNode roots : models("model.json", "configRoots")) {
            for (JsonNode root : roots) {
                if (root.path("prefix").asText().equals("quarkus.pocketflow")) {
                    root.path("items").forEach(option -> rows.add(row(option, javadoc)));
                }
            }
        }
        return rows;
    }

    /** The models of all extensions on the class path. */
    private static List<JsonNode> models(String file, String member) throws IOException {
        List<JsonNode> models = new ArrayList<>();
        for (URL url : Collections.list(ConfigTableTest.class.getClassLoader().getResources(MODEL + file))) {
            models.add(JSON.readTree(url).path(member));
        }
        return models;
    }

    private static String row(JsonNode option, Map<String, String> javadoc) {
        String key = option.path("path").path("property").asText().replaceAll("\\.\"[^\"]+\"", ".*");
        String value = option.path("defaultValue").asText(null);
        String shown = value == null ? "none" : "`" + (isDuration(option) ? value.toLowerCase(Locale.ROOT) : value) + "`";
        String meaning = markdown(
                javadoc.get(option.path("sourceType").asText() + "." + option.path("sourceElementName").asText()));
        return "| `" + key + "` | " + shown + " | " + meaning
                + (option.path("phase").asText().equals("RUN_TIME") ? "" : " Fixed at build time.") + " |\n";
    }

    private static boolean isDuration(JsonNode option) {
        return option.path("type").asText().equals("java.time.Duration");
    }

    private static String markdown(String javadoc) {
        return javadoc.replaceAll("\\s+", " ").replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link (?:[a-z]+\\.)*([^}]*)}", "`$1`").replace("#", ".").replace("|", "\\|").strip();
    }

    @Test
    void table_hasEveryKeyWithItsDefault() {
        Map<String, String> expected = new TreeMap<>();
        for (Class<?> config : new Class<?>[] { PocketFlowConfig.class, PocketFlowBuildConfig.class,
                PocketFlowBuildTimeConfig.class }) {
            collect(config.getAnnotation(ConfigMapping.class).prefix(), config, expected);
        }
        Map<String, String> table = Pages
                .find(PAGE,
                        "^\\| `(quarkus\\.pocketflow\\.[a-z.*-]+)` \\| (none|`([^`]+)`) \\| \\S.* \\|$")
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(expected).containsKeys("quarkus.pocketflow.flow", "quarkus.pocketflow.log.steps");
        assertThat(table).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static void collect(String prefix, Class<?> group, Map<String, String> defaults) {
        for (Method option : group.getDeclaredMethods()) {
            String key = option.isAnnotationPresent(WithParentName.class) ? prefix : prefix + "." + kebab(option.getName());
            if (option.getReturnType().isInterface() && option.getReturnType().getName().startsWith("dev.pocketflow.")) {
                collect(key, option.getReturnType(), defaults);
            } else if (option.getReturnType() == Map.class) {
                defaults.put(key + ".*", "none");
            } else {
                defaults.put(key, Optional.ofNullable(option.getAnnotation(WithDefault.class))
                        .map(value -> "`" + value.value() + "`").orElse("none"));
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
