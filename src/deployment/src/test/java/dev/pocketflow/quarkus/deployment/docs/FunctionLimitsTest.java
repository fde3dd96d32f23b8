package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.MemorySizeConverter;

/** Limits of each function, for instances as small as those in {@code infra/}. */
class FunctionLimitsTest {

    /** The least limit of all transports between functions. */
    private static final long ENVELOPE = 1_048_576;

    @Test
    void everyFunction_limitsItsBodies() throws IOException {
        try (Stream<Path> functions = Files.list(Pages.ROOT.resolve("functions"))) {
            List<Path> all = functions.filter(each -> Files.exists(each.resolve("pom.xml"))).toList();
            assertThat(all).isNotEmpty().allSatisfy(function -> {
                Properties properties = new Properties();
                try (Reader in = Files.newBufferedReader(function.resolve("src/main/resources/application.properties"))) {
                    properties.load(in);
                }
                String limit = properties.getProperty("quarkus.http.limits.max-body-size");
                assertThat(limit).as("quarkus.http.limits.max-body-size of " + function).isNotNull();
                assertThat(new MemorySizeConverter().convert(limit).asLongValue()).isEqualTo(ENVELOPE);
            });
        }
    }
}
