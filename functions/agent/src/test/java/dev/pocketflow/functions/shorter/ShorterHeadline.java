package dev.pocketflow.functions.shorter;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import io.quarkus.arc.properties.IfBuildProperty;

/**
 * The first flow with a language model, of the page that adds one. It shares a module with the agent, so a property says when
 * it
 * is there.
 */
@IfBuildProperty(name = "docs.shorter", stringValue = "true")
class ShorterHeadline {
    static final Key<String> TEXT = Key.of("text", String.class);
    static final Key<Integer> ROUNDS = Key.of("rounds", Integer.class);

    @Produces
    Flow headline(ShortenText shorten) {
        return Flow.named("headline")
                .node("measure", Node.route(ShorterHeadline::measure)).on("long", "shorten").ends("short")
                .node("shorten", shorten).then("measure")
                .build();
    }

    static String measure(Store store) {
        int rounds = store.update(ROUNDS, before -> before == null ? 1 : before + 1);
        return store.get(TEXT).length() > 30 && rounds <= 3 ? "long" : "short";
    }
}
