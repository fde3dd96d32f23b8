package dev.pocketflow.quarkus.deployment.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documents of the repository, and its sources. */
final class Pages {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern FENCED = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** A fenced block. */
    record Block(Path page, String language, String text) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + text.lines().findFirst().orElse("");
        }
    }

    private Pages() {
    }

    static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("AGENTS.md")));
        try (Stream<Path> files = Stream.concat(Files.walk(ROOT.resolve("src/docs")), Files.walk(ROOT.resolve(".github")))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        try (Stream<Path> functions = Files.list(ROOT.resolve("functions"))) {
            functions.map(folder -> folder.resolve("README.md")).filter(Files::exists).sorted().forEach(pages::add);
        }
        return pages;
    }

    static Stream<Block> blocks(String language) throws IOException {
        return all().stream().flatMap(page -> FENCED.matcher(text(page)).results()
                .filter(block -> block.group(1).equals(language)).map(block -> new Block(page, language, block.group(2))));
    }

    static Stream<MatchResult> find(Path page, String regex) {
        return Pattern.compile(regex, Pattern.MULTILINE).matcher(text(page)).results();
    }

    /** The files under {@code src}, {@code functions} and {@code infra} that the build reads. */
    static List<Path> sources(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("src", "functions", "infra")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(ending) && !file.toString().contains("/target/"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as its lines without their indentation. */
    static String flat(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
