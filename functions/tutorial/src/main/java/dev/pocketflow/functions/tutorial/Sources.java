package dev.pocketflow.functions.tutorial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.pocketflow.FlowException;

/** The code: folders below a configured one, and Git repositories. What they hold is not trusted. */
@Singleton
class Sources {

    @Inject
    @ConfigProperty(name = "tutorial.folder")
    Path folder;

    @Inject
    @ConfigProperty(name = "tutorial.repositories")
    List<String> repositories;

    @Inject
    @ConfigProperty(name = "tutorial.max-bytes")
    long mostBytes;

    /** An invocation may work in another process than the one before: it clones again. */
    private final Map<String, Path> clones = new ConcurrentHashMap<>();

    /** {@return the paths of the files that are small enough to read, sorted} */
    List<String> list(String source, List<String> include, List<String> exclude) {
        Path root = open(source);
        List<PathMatcher> included = matchers(include);
        List<PathMatcher> excluded = matchers(exclude);
        try (Stream<Path> walk = Files.walk(root)) { // it follows no symbolic link
            List<Path> files = walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).map(root::relativize)
                    .filter(file -> !file.startsWith(".git") && any(included, file) && !any(excluded, file)).sorted().toList();
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(root.resolve(file));
            }
            if (files.isEmpty() || bytes > mostBytes) {
                throw new FlowException.BadInput("the source has " + files.size() + " files to read, of " + bytes
                        + " bytes together. It must have 1 to " + mostBytes + " bytes: change include or exclude");
            }
            return files.stream().map(file -> file.toString().replace('\\', '/')).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the files with their texts, each in an element that its text cannot end} */
    String texts(String source, List<String> paths) {
        Path root = open(source);
        return paths.stream().map(path -> {
            try {
                Path file = root.resolve(path).toRealPath();
                String text = file.startsWith(root) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
                return "<file path=\"" + path + "\">\n" + text.replace("</file", "<\\/file") + "\n</file>\n";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).collect(Collectors.joining());
    }

    private Path open(String source) {
        if (source.contains("://")) {
            if (repositories.stream().noneMatch(source::startsWith)) {
                throw new FlowException.BadInput("the address of a repository must begin with one of " + repositories);
            }
            return clones.computeIfAbsent(source, Sources::fetched);
        }
        try {
            Path root = folder.toRealPath();
            Path below = root.resolve(source).toRealPath();
            if (below.startsWith(root) && Files.isDirectory(below)) {
                return below;
            }
        } catch (IOException | InvalidPathException e) {
            // it is answered as a folder that is elsewhere
        }
        throw new FlowException.BadInput("the source is no folder that may be read");
    }

    private static Path fetched(String address) {
        try {
            Path target = Files.createTempDirectory("tutorial").toRealPath();
            Git.cloneRepository().setURI(address).setDirectory(target.toFile()).setDepth(1).setNoTags().call().close();
            return target;
        } catch (IOException | GitAPIException e) {
            throw new FlowException("the repository cannot be cloned", e);
        }
    }

    private static List<PathMatcher> matchers(List<String> patterns) {
        try {
            return patterns.stream().map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern)).toList();
        } catch (PatternSyntaxException e) {
            throw new FlowException.BadInput("a pattern of include or exclude cannot be read");
        }
    }

    private static boolean any(List<PathMatcher> matchers, Path file) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(file));
    }
}
