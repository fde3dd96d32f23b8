package dev.pocketflow.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A built function. {@code bare} and {@code flow} are in a directory named by mode and target, {@code native-http} to
 * {@code aot-lambda}. {@code bare-agent} and {@code agent} are in {@code native-http-agent} or {@code native-lambda-agent}.
 * Only functions that processes.sh has put there are measured.
 */
record Image(String mode, String target, Path path) {

    static final String BARE = "bare";
    static final String FLOW = "flow";
    static final String BARE_AGENT = "bare-agent";
    static final String AGENT = "agent";
    static final String NATIVE = "native";
    static final String JVM = "jvm";
    static final String AOT = "aot";
    static final String HTTP = "http";
    static final String LAMBDA = "lambda";
    /** The variable that every flow needs in production. */
    static final String KEY_VARIABLE = "QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1";
    /** A key that seals nothing but benchmarks. */
    static final String KEY = "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIGFuZCBub3RoaW5nIGVsc2U=";

    private static final Path IMAGES = Path.of("src/bench/target/images");
    /** The executable of functions/loop, which hands over. */
    static final Path LOOP = IMAGES.resolve("native-lambda/loop");
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CACHE = "app.aot";
    /** The options of Lambda's own Java runtimes: https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html */
    private static final List<String> AS_LAMBDA_HAS_IT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** {@return the functions by their names; empty if they are not built for this mode and target} */
    static Map<String, Image> of(String mode, String target) {
        return of(mode, target, mode + "-" + target, BARE, FLOW);
    }

    /** {@return functions/agent and its bare counterpart by their names; empty if they are not built for this target} */
    static Map<String, Image> agents(String target) {
        return of(NATIVE, target, NATIVE + "-" + target + "-agent", BARE_AGENT, AGENT);
    }

    private static Map<String, Image> of(String mode, String target, String directory, String... names) {
        Map<String, Image> images = new TreeMap<>();
        for (String name : names) {
            Path path = IMAGES.resolve(directory).resolve(name).toAbsolutePath();
            if (!Files.exists(path)) {
                System.out.printf("there is no %s: left out%n", directory);
                return Map.of();
            }
            images.put(name, new Image(mode, target, path));
        }
        return images;
    }

    /** Starts it with these variables and its key only, and discards its output. */
    Process start(Map<String, String> environment, String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(List.of(options))).redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        builder.directory(Files.isDirectory(path) ? path.toFile() : path.getParent().toFile());
        builder.environment().clear();
        if (path.endsWith(FLOW) || path.endsWith(AGENT)) {
            builder.environment().put(KEY_VARIABLE, KEY);
        }
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        if (mode.equals(NATIVE)) {
            command.add(path.toString());
            command.addAll(options);
            return command;
        }
        command.add(JAVA);
        if (mode.equals(AOT) && Files.exists(path.resolve(CACHE))) {
            command.add("-XX:AOTCache=" + CACHE);
        }
        command.addAll(options);
        if (target.equals(HTTP)) {
            command.addAll(List.of("-jar", "quarkus-run.jar"));
        } else {
            command.addAll(AS_LAMBDA_HAS_IT);
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp",
                    String.join(File.pathSeparator, "function.jar", "lib/*", "runtime/*"),
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                    "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"));
        }
        return command;
    }

    /** {@return whether it must be trained before it is measured; Quarkus trains it for HTTP only} */
    boolean isUntrained() {
        return mode.equals(AOT) && !Files.exists(path.resolve(CACHE));
    }

    /** {@return the option that makes a process write a cache when it ends} */
    static String training() {
        return "-XX:AOTCacheOutput=" + CACHE;
    }

    /** {@return the size of the executable in bytes} */
    long size() throws IOException {
        return Files.size(path);
    }

    /** {@return the size of the upload in bytes} */
    long zipped() throws IOException {
        return Files.size(path.resolveSibling(path.getFileName() + ".zip"));
    }
}
