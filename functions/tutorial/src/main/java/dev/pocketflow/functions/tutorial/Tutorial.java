package dev.pocketflow.functions.tutorial;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;

/** Writes a tutorial about the code of a folder or a Git repository. */
class Tutorial {
    static final Key<String> SOURCE = Key.of("source", String.class)
            .describedAs("A folder below tutorial.folder, or the https address of a Git repository");
    static final Key<List<String>> INCLUDE = Key.listOf("include", String.class)
            .defaultTo(List.of("**.java", "**.py", "**.ts", "**.go", "**.rs", "**.md"))
            .describedAs("Patterns of the paths to read, such as **.java");
    static final Key<List<String>> EXCLUDE = Key.listOf("exclude", String.class).defaultTo(List.of("**test**"))
            .describedAs("Patterns of the paths to leave out");
    static final Key<List<String>> FILES = Key.listOf("files", String.class).describedAs("The paths that were read");
    static final Key<List<Abstraction>> ABSTRACTIONS = Key.listOf("abstractions", Abstraction.class)
            .describedAs("The ideas of the code, in the order of the chapters");
    static final Key<Relations> RELATIONS = Key.of("relations", Relations.class);
    static final Key<List<Chapter>> CHAPTERS = Key.listOf("chapters", Chapter.class);
    static final Key<Map<String, String>> BOOK = Key.mapOf("book", String.class)
            .describedAs("The files of the tutorial, in Markdown, by name");

    /** An idea of the code, and the files that show it. */
    record Abstraction(String name, String description, List<String> files) {
    }

    /** A summary of the code, and the uses among its ideas. */
    record Relations(String summary, List<Relation> relations) {
    }

    record Relation(String from, String to, String label) {
    }

    record Chapter(String title, String text) {
    }

    /** A model whose quota is spent is asked again after the pause. No process lives in between. */
    @Produces
    Flow tutorial(Fetch fetch, Identify identify, Relate relate, Arrange arrange, WriteChapters write, Combine combine,
            @ConfigProperty(name = "tutorial.pause") Duration pause, @ConfigProperty(name = "tutorial.pauses") int pauses) {
        return Flow.named("tutorial").describedAs("Writes a tutorial about the code of a folder or a Git repository")
                .takes(SOURCE, INCLUDE, EXCLUDE).gives(BOOK, ABSTRACTIONS, FILES)
                .node("fetch", fetch).then("identify")
                .node("identify", identify).retryLater(pause, pauses).then("relate")
                .node("relate", relate).retryLater(pause, pauses).then("arrange")
                .node("arrange", arrange).retryLater(pause, pauses).then("write")
                .node("write", write).retryLater(pause, pauses).then("combine")
                .node("combine", combine)
                .build();
    }
}
