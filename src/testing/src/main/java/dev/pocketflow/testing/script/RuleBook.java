package dev.pocketflow.testing.script;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules of a running server, and the number of answers of each rule. Thread-safe. */
public final class RuleBook {

    /** The rule that answers a request, the script it stands in, and its filled-in placeholders. */
    public record Choice(Rule rule, String script, Template template) {
    }

    private final ModelScript base;
    private final List<ModelScript> scripts = new ArrayList<>();
    private final Map<Rule, Integer> used = new IdentityHashMap<>();

    public RuleBook(ModelScript base) {
        this.base = base;
        scripts.add(base);
    }

    /** The first rule that matches and is not used up, counted as used; null without one. */
    public synchronized Choice choose(ChatRequest request) {
        for (ModelScript script : scripts) {
            for (Rule rule : script.rules()) {
                Template template = used.getOrDefault(rule, 0) < rule.times() ? rule.match(request) : null;
                if (template != null) {
                    used.merge(rule, 1, Integer::sum);
                    return new Choice(rule, script.name(), template);
                }
            }
        }
        return null;
    }

    public synchronized void prepend(ModelScript script) {
        scripts.add(0, script);
    }

    public synchronized void reset() {
        scripts.clear();
        scripts.add(base);
        used.clear();
    }

    public synchronized String describe() {
        return scripts.stream().map(script -> script.name() + ": " + script.rules().stream()
                .map(rule -> rule.number() + " (" + rule.describe() + (isUsedUp(rule) ? ", used up)" : ")"))
                .collect(Collectors.joining(", "))).collect(Collectors.joining("; "));
    }

    private boolean isUsedUp(Rule rule) {
        return used.getOrDefault(rule, 0) >= rule.times();
    }
}
