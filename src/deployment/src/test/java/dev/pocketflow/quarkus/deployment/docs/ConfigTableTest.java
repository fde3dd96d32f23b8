package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.deployment.PocketFlowBuildTimeConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** The table of configuration. */
class ConfigTableTest {

    @Test
    void table_hasEveryKeyWithItsDefault() {
        Map<String, String> expected = new TreeMap<>();
        for (Class<?> config : new Class<?>[] { PocketFlowConfig.class, PocketFlowBuildConfig.class,
                PocketFlowBuildTimeConfig.class }) {
            collect(config.getAnnotation(ConfigMapping.class).prefix(), config, expected);
        }
        Map<String, String> table = Pages
                .find(Pages.ROOT.resolve("src/docs/configuration.md"),
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
