package dev.pocketflow.cloud.lambda;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A function's process. Its output goes to a file, so that the part written before an answer can be read after the answer. */
final class FunctionProcess implements AutoCloseable {

    private static final int TAIL_BYTES = 4096;

    private final Process process;
    private final Path log;

    private FunctionProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @throws IOException when the program does not exist or may not be run */
    static FunctionProcess start(FunctionSpec spec, String runtimeApi, Map<String, String> endpoints) throws IOException {
        Path log = Files.createTempFile("lambda-" + spec.name + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(spec.command).directory(spec.directory.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        String path = System.getenv("PATH");
        Map<String, String> env = builder.environment();
        env.clear();
        env.put("PATH", path == null ? "/usr/local/bin:/usr/bin:/bin" : path);
        env.putAll(environment(spec, runtimeApi));
        env.putAll(endpoints);
        env.putAll(spec.env);
        try {
            return new FunctionProcess(builder.start(), log);
        } catch (IOException e) {
            Files.deleteIfExists(log);
            throw e;
        }
    }

    /**
     * The variables that Lambda sets. {@code _X_AMZN_TRACE_ID} is missing because a runtime sets it itself for each event. The
     * credentials are placeholders. The endpoints of this cloud are added later, so that calls of an SDK stay on this machine.
     */
    private static Map<String, String> environment(FunctionSpec spec, String runtimeApi) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", spec.name),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMiB)),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + spec.name),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
                Map.entry("_HANDLER", spec.handler),
                Map.entry("LAMBDA_TASK_ROOT", spec.directory.toString()),
                Map.entry("AWS_REGION", spec.region()),
                Map.entry("AWS_DEFAULT_REGION", spec.region()),
                Map.entry("AWS_ACCESS_KEY_ID", "local"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("AWS_SESSION_TOKEN", "local"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completed with the exit status when the process ends. */
    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** The size of its output so far, in bytes. */
    long logSize() {
        return log.toFile().length();
    }

    /** The end of its output since the given position, at most 4 KiB. */
    String logTail(long from) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length() - from)];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the output of the function", e);
        }
    }

    /** Kills the process and its descendants. Its output stays. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            log.toFile().deleteOnExit();
        }
    }
}
