package dev.pocketflow.cloud.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The class path of {@link StandIn}: the jars that the build of this module listed, relative to a local Maven repository, and
 * this module.
 */
public final class StandInClassPath {

    private static final String LIST = "stand-ins.txt";

    private StandInClassPath() {
    }

    /** @throws IllegalStateException when the jars are in no local repository that is known here */
    static String get() {
        List<String> jars = list();
        Path repository = repository(jars, candidates());
        return jars.stream().map(jar -> repository.resolve(jar).toString()).collect(
                Collectors.joining(File.pathSeparator, location(StandIn.class) + File.pathSeparator, ""));
    }

    private static List<String> list() {
        try (InputStream list = StandInClassPath.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(
                        LIST + " is missing from " + location(StandIn.class) + ". Build src/local-cloud with Maven");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + LIST, e);
        }
    }

    /** The first repository that has all the jars. */
    static Path repository(List<String> jars, List<Path> candidates) {
        return candidates.stream().filter(candidate -> jars.stream().allMatch(jar -> Files.exists(candidate.resolve(jar))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The jars of SQS and S3, such as " + jars.get(1)
                        + ", are in none of " + candidates
                        + ". Build src/local-cloud with Maven, or name its local repository with -Dmaven.repo.local"));
    }

    /** The candidates: the configured repository, the one that Jackson was loaded from, and the usual one. */
    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        if (System.getProperty("maven.repo.local") != null) {
            candidates.add(Path.of(System.getProperty("maven.repo.local")));
        }
        Path jackson = location(ObjectMapper.class);
        for (int level = 0; level < 6 && jackson != null; level++) {
            jackson = jackson.getParent(); // com/fasterxml/jackson/core/jackson-databind/<version>/jackson-databind.jar
        }
        jackson = jackson == null ? null : jackson.getParent();
        if (jackson != null) {
            candidates.add(jackson);
        }
        candidates.add(Path.of(System.getProperty("user.home"), ".m2", "repository"));
        return candidates;
    }

    public static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
