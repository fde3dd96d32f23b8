package dev.pocketflow.cloud.dynamodb;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.pocketflow.cloud.process.StandIn;
import dev.pocketflow.cloud.process.StandInClassPath;

/**
 * DynamoDB in Node.js. npm installs the packages that the lock file pins into a directory of the user's cache, once for all
 * builds. Thread-safe, and safe beside other processes that install the same.
 */
final class Dynalite {

    /** The oldest Node.js that it was tried on. */
    static final int OLDEST_NODE = 18;

    private static final String SCRIPT = "dynamodb.js";
    private static final List<String> FILES = List.of("package.json", "package-lock.json", SCRIPT);
    private static final int MINUTES_TO_INSTALL = 5;
    private static final int SECONDS_TO_ANSWER = 30;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");

    private final List<Path> commands;
    private final Path cache;

    /**
     * @param path the directories of commands, as the variable {@code PATH} has them
     * @param cache the directory that holds the installed packages
     */
    Dynalite(String path, Path cache) {
        this.commands = Stream.of(path.split(File.pathSeparator)).filter(each -> !each.isBlank()).map(Path::of).toList();
        this.cache = cache;
    }

    /** The installation that this process can use. */
    static Dynalite here() {
        Map<String, String> variables = System.getenv();
        String cache = variables.getOrDefault("XDG_CACHE_HOME", "");
        return new Dynalite(variables.getOrDefault("PATH", ""),
                (cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache)).resolve("pocketflow"));
    }

    /** {@return what this machine lacks, and what to do about it; empty if it can be started} */
    Optional<String> missing() {
        List<String> missing = new ArrayList<>();
        Optional<Path> node = command("node");
        if (node.isEmpty()) {
            missing.add("there is no node on the PATH");
        } else {
            String version = output(node.get(), "--version");
            Matcher matcher = VERSION.matcher(version);
            if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST_NODE) {
                missing.add(node.get() + " is version " + version);
            }
        }
        if (command("npm").isEmpty() && !Files.isDirectory(home())) {
            missing.add("there is no npm on the PATH");
        }
        return missing.isEmpty() ? Optional.empty()
                : Optional.of("The local DynamoDB is dynalite, which needs node " + OLDEST_NODE + " or newer and npm, and "
                        + String.join(", and ", missing) + ". Install Node.js and npm (on Debian: nodejs and npm)");
    }

    /**
     * Returns the command line of the server, and installs the server before if it is missing.
     *
     * @param directory the directory that the server deletes in the end
     * @throws IllegalStateException if something is missing here, or npm cannot install it
     */
    List<String> command(Path directory) {
        missing().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        return List.of(command("node").orElseThrow().toString(), installed().resolve(SCRIPT).toString(), directory.toString());
    }

    /** {@return the directory of the packages; who installs beside another takes what the first has moved there} */
    Path installed() {
        Path home = home();
        if (Files.isDirectory(home)) {
            return home;
        }
        try {
            Files.createDirectories(cache);
            Path work = Files.createTempDirectory(cache, "installing-");
            try {
                for (String file : FILES) {
                    Files.write(work.resolve(file), content(file));
                }
                install(work);
                moveIntoPlace(work, home);
            } finally {
                if (Files.exists(work)) {
                    StandIn.delete(work);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot install dynalite in " + home, e);
        }
        return home;
    }

    private void install(Path work) throws IOException {
        // Nothing here is compiled: its one native library comes with a binary, and no package needs its scripts.
        ProcessBuilder npm = new ProcessBuilder(command("npm").orElseThrow().toString(), "ci", "--ignore-scripts", "--no-audit",
                "--no-fund", "--prefer-offline", "--loglevel=error").directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(work.resolve("npm.log").toFile());
        Process process = npm.start();
        process.getOutputStream().close();
        if (!ended(process, TimeUnit.MINUTES.toSeconds(MINUTES_TO_INSTALL)) || process.exitValue() != 0) {
            throw new IllegalStateException("npm cannot install dynalite, the local DynamoDB. Check that npm reaches a "
                    + "registry, or has the packages in its cache: " + Files.readString(work.resolve("npm.log")).strip());
        }
    }

    private static void moveIntoPlace(Path work, Path home) throws IOException {
        try {
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    /** The directory of the packages. Each content of the lock file and of the script has its own. */
    private Path home() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) {
                digest.update(content(file));
            }
            return cache.resolve("dynalite-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] content(String file) {
        try (InputStream content = Dynalite.class.getResourceAsStream("dynalite/" + file)) {
            if (content == null) {
                throw new IllegalStateException("dynalite/" + file + " is missing from "
                        + StandInClassPath.location(Dynalite.class) + ". Build src/local-cloud with Maven");
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read dynalite/" + file, e);
        }
    }

    private Optional<Path> command(String name) {
        List<String> names = File.separatorChar == '\\' ? List.of(name + ".exe", name + ".cmd") : List.of(name);
        return commands.stream().flatMap(directory -> names.stream().map(directory::resolve))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    /** {@return what a command says, in one line; empty if it fails} */
    private static String output(Path command, String argument) {
        try {
            Process process = new ProcessBuilder(command.toString(), argument).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return ended(process, SECONDS_TO_ANSWER)
                    ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean ended(Process process, long seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
