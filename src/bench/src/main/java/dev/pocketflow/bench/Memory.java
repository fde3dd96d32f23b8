package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of processes, as Linux reports it. */
final class Memory {

    private Memory() {
    }

    /** {@return the resident memory of the process, in KiB} */
    static long resident(Process process) throws IOException {
        return kib(process, "VmRSS:");
    }

    /** {@return the largest resident memory of the process so far, in KiB} */
    static long peak(Process process) throws IOException {
        return kib(process, "VmHWM:");
    }

    private static long kib(Process process, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(field)).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong)
                .findFirst().orElseThrow(() -> new IllegalStateException("the process has ended"));
    }
}
