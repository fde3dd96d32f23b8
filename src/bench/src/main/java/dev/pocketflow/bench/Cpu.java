package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** CPU time from Linux's scheduler. The total that Linux reports for a process has a resolution of only 10 ms. */
final class Cpu {

    private Cpu() {
    }

    /** {@return the CPU time in nanoseconds of the threads that the process has now} */
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
        } catch (NoSuchFileException e) { // the thread has just ended
            return 0;
        }
    }
}
