package dev.pocketflow.functions.writer;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;

/** Writes an article. */
class Writer {
    static final Key<String> TOPIC = Key.of("topic", String.class).describedAs("What the article is about");
    static final Key<List<String>> OUTLINE = Key.listOf("outline", String.class);
    static final Key<List<Section>> SECTIONS = Key.listOf("sections", Section.class);
    static final Key<String> ARTICLE = Key.of("article", String.class).describedAs("The whole article");

    /** A part of the article, before its style. */
    record Section(String heading, String text) {
    }

    @Produces
    Flow writer(Outline outline, Write write, Style style) {
        return Flow.named("writer").describedAs("Writes an article about a topic")
                .takes(TOPIC).gives(ARTICLE, OUTLINE, SECTIONS)
                .node("outline", outline).then("write")
                .node("write", write).then("style")
                .node("style", style)
                .build();
    }
}
