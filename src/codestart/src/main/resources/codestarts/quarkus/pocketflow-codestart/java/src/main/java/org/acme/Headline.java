package org.acme;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;

/** Drops the last word of a text until at most 30 characters are left. */
class Headline {
    static final Key<String> TEXT = Key.of("text", String.class);

    @Produces
    Flow headline() {
        return Flow.named("headline").takes(TEXT).gives(TEXT)
                .node("measure", Node.route(store -> store.get(TEXT).length() > 30 ? "long" : "short"))
                .on("long", "shorten").ends("short")
                .node("shorten", Node.of(TEXT, text -> text.replaceFirst("\\s*\\S+$", ""), TEXT)).then("measure")
                .build();
    }
}
