package dev.pocketflow.testing.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Reads a script. A script with an error is refused as a whole; the message tells where and why. */
public final class ScriptParser {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Map<String, Function<ScriptNode, Reply>> REPLIES = Map.of(
            "answer", node -> new Reply.Answer(node.template("answer")),
            "json", node -> new Reply.Json(node.json("json")),
            "tool", ScriptParser::tools,
            "refuse", node -> new Reply.Refusal(node.template("refuse")),
            "error", ScriptParser::failure,
            "hang", node -> new Reply.Hang(node.isTrue("hang") ? null : node.duration("hang")),
            "drop", ScriptParser::drop,
            "garbage", node -> new Reply.Garbage(node.text("garbage")));
    private static final List<String> REPLY_KEYS = List.of("answer", "json", "tool", "refuse", "error", "hang", "drop",
            "garbage");
    private static final List<String> OPTION_KEYS = List.of("when", "times", "delay", "tokens-per-second");
    private static final List<String> KEYS = concat(OPTION_KEYS, REPLY_KEYS);

    private ScriptParser() {
    }

    /** @throws IllegalArgumentException naming the script, the rule, the key and the known keys */
    public static ModelScript parse(String name, String yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            String hint = yaml.contains(": {{") ? " (a text that begins with {{ needs quotes): " : ": ";
            throw new IllegalArgumentException(name + " is not readable as YAML" + hint + e.getMessage(), e);
        }
        if (!root.isArray() || root.isEmpty()) {
            throw new IllegalArgumentException(name + " must be a list of rules, each beginning with '- '");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : root) {
            int number = rules.size() + 1;
            rules.add(rule(number, new ScriptNode(name + ", rule " + number, rule).only(KEYS)));
        }
        return new ModelScript(name, List.copyOf(rules));
    }

    private static Rule rule(int number, ScriptNode node) {
        List<String> replies = REPLY_KEYS.stream().filter(node::has).toList();
        if (replies.size() != 1) {
            throw node.wrong("needs exactly one of " + String.join(", ", REPLY_KEYS) + ", has "
                    + (replies.isEmpty() ? "none" : String.join(" and ", replies)));
        }
        List<Condition> when = conditions(node);
        ScriptNode scoped = node.withGroups(
                when.stream().mapToInt(Condition::groupCount).filter(count -> count > 0).findFirst().orElse(0));
        return new Rule(number, when,
                node.has("times") ? (int) node.positive("times", true) : Integer.MAX_VALUE,
                node.has("delay") ? node.duration("delay") : Duration.ZERO,
                node.has("tokens-per-second") ? node.positive("tokens-per-second", false) : 0,
                REPLIES.get(replies.get(0)).apply(scoped));
    }

    private static List<Condition> conditions(ScriptNode rule) {
        if (!rule.has("when")) {
            return List.of();
        }
        if (rule.isText("when")) {
            return List.of(condition(Condition.Subject.USER, rule, "when"));
        }
        ScriptNode when = rule.object("when");
        List<Condition.Subject> subjects = List.of(Condition.Subject.values());
        when.only(subjects.stream().map(subject -> subject.key).toList());
        return when.keys().stream()
                .map(key -> condition(subjects.stream().filter(subject -> subject.key.equals(key)).findFirst().orElseThrow(),
                        when, key))
                .toList();
    }

    private static Condition condition(Condition.Subject subject, ScriptNode node, String key) {
        String text = node.text(key);
        return new Condition(subject, text, node.regex(key, text));
    }

    private static Reply tools(ScriptNode rule) {
        return new Reply.Tools(rule.objects("tool").stream().map(call -> {
            call.only(List.of("name", "arguments"));
            return new Reply.Call(call.text("name"), call.objectOrEmpty("arguments"));
        }).toList());
    }

    private static Reply failure(ScriptNode rule) {
        if (rule.isNumber("error")) {
            return new Reply.Failure(rule.status("error"), null, null);
        }
        ScriptNode error = rule.object("error").only(List.of("status", "retry-after", "message"));
        return new Reply.Failure(error.status("status"),
                error.has("retry-after") ? error.duration("retry-after") : null,
                error.has("message") ? error.text("message") : null);
    }

    private static Reply drop(ScriptNode rule) {
        if (!rule.isTrue("drop")) {
            throw rule.wrong("'drop' must be true");
        }
        return new Reply.Drop();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
