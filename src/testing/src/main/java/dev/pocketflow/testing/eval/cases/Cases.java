package dev.pocketflow.testing.eval.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The cases of an evaluation, in the order of their file. Immutable.
 * <p>
 * A YAML file is a list of cases. A JSON file is an array of them. A file of JSON Lines has one case on each line:
 *
 * <pre>{@code
 * - name: limit of a function              # unique
 *   input:
 *     question: How long may a function run?
 *   expect:                                # at least one; all that are given must hold
 *     contains: [15 minutes, /lambda/i]
 *   tags: [smoke]                          # default: none
 * }</pre>
 *
 * The expectations are described at {@link dev.pocketflow.testing.eval.score.Scorers}.
 */
public final class Cases {

    private final String name;
    private final List<Case> all;

    private Cases(String name, List<Case> all) {
        Map<String, Case> names = new HashMap<>();
        for (Case each : all) {
            Case first = names.putIfAbsent(each.name(), each);
            if (first != null) {
                throw new IllegalArgumentException(each.label() + " has the name of another case (" + first.place()
                        + "). Rename one of them");
            }
        }
        this.name = name;
        this.all = List.copyOf(all);
    }

    /**
     * Takes cases that were made in code.
     *
     * @param name the title of the evaluation's reports
     * @throws IllegalArgumentException if two cases have one name
     */
    public static Cases of(String name, List<Case> cases) {
        return new Cases(name, cases);
    }

    /**
     * Reads a file. Its ending tells the form: {@code .yaml}, {@code .yml}, {@code .json} or {@code .jsonl}.
     *
     * @throws IllegalArgumentException if the ending is another one, or the content is wrong; the message names file, line and
     *         case
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Cases fromFile(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /**
     * Reads a resource of the class path, like {@link #fromFile}.
     *
     * @throws IllegalArgumentException if it does not exist, or as {@link #fromFile} does
     */
    public static Cases fromClasspath(String resource) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Cases.class.getClassLoader() : context;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no " + resource + " on the class path");
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }

    /**
     * Takes the content of a file.
     *
     * @param file the name of the file, whose ending tells the form
     * @param content the text
     * @throws IllegalArgumentException as {@link #fromFile} does
     */
    public static Cases parse(String file, String content) {
        return new Cases(file, new CaseReader(file).read(content));
    }

    /**
     * {@return the cases that have a tag}
     *
     * @throws IllegalArgumentException if no case has it; the message names the tags that there are
     */
    public Cases tagged(String tag) {
        List<Case> tagged = all.stream().filter(each -> each.tags().contains(tag)).toList();
        if (tagged.isEmpty()) {
            TreeSet<String> tags = new TreeSet<>();
            all.forEach(each -> tags.addAll(each.tags()));
            throw new IllegalArgumentException(name + " has no case with the tag '" + tag + "'. Its tags are " + tags);
        }
        return new Cases(name, tagged);
    }

    /** {@return the name of the file, or the one given to {@link #of}} */
    public String name() {
        return name;
    }

    /** {@return the cases in their order} */
    public List<Case> all() {
        return all;
    }
}
