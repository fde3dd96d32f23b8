package dev.pocketflow.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.testing.model.ModelHandle;
import dev.pocketflow.testing.model.ModelRequest;
import dev.pocketflow.testing.model.ModelServer;
import dev.pocketflow.testing.model.RemoteModel;
import dev.pocketflow.testing.script.ModelScript;
import dev.pocketflow.testing.script.ScriptParser;

/**
 * A chat model that speaks OpenAI's HTTP API on 127.0.0.1 and answers from a script. Any OpenAI client works with its
 * {@link #baseUrl()} and any API key. It serves {@code POST /chat/completions} (texts, tool calls, structured output, streams,
 * and failures as in production), {@code POST /embeddings} and {@code GET /models}. Thread-safe. The caller of {@code start()}
 * closes it.
 * <p>
 * A script is a YAML list of rules. The first one that matches a request and is not used up answers it:
 *
 * <pre>{@code
 * - when: {tool-result: sunny}            # all that are given must match: user, system, any (any message),
 *   answer: "Take your hat."              #   tool-result (ends the request); whole names: tool (on offer), model
 * - when: /weather in (\w+)/i             # the last user message: a substring, or a regular expression between slashes
 *   tool: {name: weather, arguments: {city: "{{1}}"}}
 * - when: {system: decide, model: gpt-4o-mini}
 *   times: 1                              # answers once, then the rule is skipped; default: always
 *   json: {action: search, query: "{{user}}"}
 * - error: {status: 429, retry-after: 2s, message: "Slow down"}    # or just error: 500
 *   times: 2
 * - answer: "Nothing else matched."
 *   delay: 50ms                           # before anything is sent; default: none
 *   tokens-per-second: 40                 # the pace of a stream; default: as fast as can be
 * }</pre>
 *
 * A regular expression sees the first 10,000 characters of a text. Each rule has exactly one reply: {@code answer} (text),
 * {@code json} (sent as JSON text), {@code tool} (one call or a list of them), {@code refuse} (a refusal's text),
 * {@code error}, {@code hang} ({@code true}: no answer until the server stops or is reset; a duration: then the connection is
 * dropped), {@code drop: true} (the connection is dropped), {@code garbage} (a body that is not JSON, with HTTP 200).
 * Placeholders in replies: {@code {{0}}} is what the rule's first regular expression matched, {@code {{1}}} its first group;
 * {@code {{user}}} the last user message, {@code {{tool-result}}} the result that ends the request. The rule for a tool's
 * result stands before the one that calls the tool, whose user message is still the last. A request no rule matches is answered
 * with HTTP 501 and an error that lists the rules.
 * <p>
 * Embeddings are not scripted: a text's vector is derived from its words, so equal texts have equal vectors and texts with
 * common words are near each other. Token usage is an estimate.
 * <p>
 * In a plain JUnit test use {@link ScriptedModelTest}. In a {@code @QuarkusTest} of a function the model runs already, as a Dev
 * Service; take hold of it by its address:
 *
 * <pre>{@code
 * ScriptedModel model = ScriptedModel.at(ConfigProvider.getConfig()
 *         .getValue("quarkus.langchain4j.openai.base-url", String.class));
 * model.reset();
 * model.prepend("- {error: {status: 429, retry-after: 10ms}, times: 1}");
 * }</pre>
 */
public final class ScriptedModel implements AutoCloseable {

    private final @Nullable ModelScript script; // null if another process has it
    private volatile @Nullable ModelHandle running;

    private ScriptedModel(@Nullable ModelScript script, @Nullable ModelHandle running) {
        this.script = script;
        this.running = running;
    }

    /**
     * Reads a script from the class path.
     *
     * @throws IllegalArgumentException when the script does not exist or is wrong; the message names file, rule and key
     */
    public static ScriptedModel fromClasspath(String resource) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ScriptedModel.class.getClassLoader() : context;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + resource + " on the class path");
            }
            return fromYaml(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }

    /**
     * Reads a script from a file.
     *
     * @throws IllegalArgumentException when the script is wrong; the message names file, rule and key
     * @throws UncheckedIOException when the file cannot be read
     */
    public static ScriptedModel fromFile(Path file) {
        try {
            return fromYaml(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /**
     * Takes the script as a text.
     *
     * @throws IllegalArgumentException when the script is wrong; the message names rule and key
     */
    public static ScriptedModel fromYaml(String yaml) {
        return fromYaml("script", yaml);
    }

    /**
     * Takes the script itself.
     *
     * @param name what errors call the script, such as its file
     * @throws IllegalArgumentException when the script is wrong; the message names it, rule and key
     */
    public static ScriptedModel fromYaml(String name, String yaml) {
        return new ScriptedModel(ScriptParser.parse(name, yaml), null);
    }

    /**
     * Connects to a model that runs already, such as the Dev Service of a {@code @QuarkusTest}. Closing this object does
     * nothing.
     *
     * @param baseUrl its {@link #baseUrl()}
     */
    public static ScriptedModel at(String baseUrl) {
        return new ScriptedModel(null, new RemoteModel(Objects.requireNonNull(baseUrl, "baseUrl")));
    }

    /** Starts on a free port and returns this. */
    public ScriptedModel start() {
        return start(0);
    }

    /**
     * Starts and returns this.
     *
     * @param port the port to listen on; 0 for a free one
     * @throws UncheckedIOException when the port is taken
     * @throws IllegalStateException when this was started before
     */
    public synchronized ScriptedModel start(int port) {
        if (running != null) {
            throw new IllegalStateException("The scripted model was started already, at " + running.baseUrl());
        }
        running = new ModelServer(script, port);
        return this;
    }

    /** The address to give an OpenAI client, such as {@code http://127.0.0.1:40123/v1}. */
    public String baseUrl() {
        return running().baseUrl();
    }

    /** The last 1,000 requests since the start or {@link #reset()}, oldest first, each there before it is answered. */
    public List<ModelRequest> requests() {
        return running().requests();
    }

    /**
     * Tries these rules before all others, until {@link #reset()}.
     *
     * @throws IllegalArgumentException when the script is wrong; the message names rule and key
     */
    public void prepend(String yaml) {
        running().prepend(yaml);
    }

    /**
     * Restores the script as it was read: no rule is used, none is prepended, and no request is recorded. Requests that hang
     * are dropped. Delayed ones are answered at once.
     */
    public void reset() {
        running().reset();
    }

    /** Stops the server and drops open requests. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (running != null) {
            running.close();
        }
    }

    private ModelHandle running() {
        ModelHandle handle = running;
        if (handle == null) {
            throw new IllegalStateException("The scripted model is not started");
        }
        return handle;
    }
}
