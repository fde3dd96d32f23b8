package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** Links between the documents, and the paths of documents that the sources name. */
class LinksTest {

    private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]+))?\\)");
    private static final Pattern PATH = Pattern.compile("src/docs/[\\w./-]+\\.(?:md|json|svg)");
    private static final Set<String> SOURCES = Set.of("java", "xml", "sh", "properties", "yaml", "yml", "md");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(Pages.all());
        List.of("infra/README.md", "infra/local/README.md", "src/bench/README.md")
                .forEach(page -> pages.add(Pages.ROOT.resolve(page)));
        return pages;
    }

    private static String prose(Path page) {
        return FENCED.matcher(Pages.text(page)).replaceAll("");
    }

    /** The anchors that GitHub makes of headings. */
    private static Set<String> anchors(Path page) {
        return prose(page).lines().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void links_leadToFilesAndTheirHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : LINK.matcher(prose(page)).results().toList()) {
                if (link.group(1).startsWith("http")) {
                    continue;
                }
                Path to = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(to) || link.group(2) != null && !anchors(to).contains(link.group(2))) {
                    broken.add(Pages.ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** In comments, messages, scripts and text. */
    @Test
    void pathsOfDocuments_areThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String ending : SOURCES) {
            for (Path file : Pages.sources("." + ending)) {
                PATH.matcher(Pages.text(file)).results().map(MatchResult::group)
                        .filter(path -> !Files.exists(Pages.ROOT.resolve(path)))
                        .forEach(path -> missing.add(Pages.ROOT.relativize(file) + ": " + path));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyDocument_isInTheIndex() throws IOException {
        Path index = Pages.ROOT.resolve("src/docs/README.md");
        Set<Path> linked = LINK.matcher(prose(index)).results().map(link -> index.resolveSibling(link.group(1)).normalize())
                .collect(Collectors.toSet());

        assertThat(Pages.all()).filteredOn(page -> page.startsWith(index.getParent()) && !page.equals(index)
                && !page.getParent().endsWith("adr")).isSubsetOf(linked);
    }
}
