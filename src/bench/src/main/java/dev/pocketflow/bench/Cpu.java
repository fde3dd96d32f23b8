package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Time on the processor, as Linux's scheduler has it: the total of a process is known in steps of 10 ms only. */
final class Cpu {

    private Cpu() {
    }

    /** {@return that of the threads which the process has now, in nanoseconds} */
    static long nanos(Process process) throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(
                Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads) {
                nanos += onCpu(thread.resolve("schedstat"));
            }
        }
        return nanos;
    }

    private static long onCpu(Path thread) throws IOException {
        try {
            return Long.parseLong(Files.readString(thread).split(" ")[0]);
        } catch (NoSuchFileException e) { // it has just ended
            return 0;
        }
    }
}
