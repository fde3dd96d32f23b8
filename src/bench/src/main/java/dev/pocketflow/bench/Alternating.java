package dev.pocketflow.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pocketflow.bench.Contender.Work;

/**
 * Compares works in one process on a busy machine. The works take turns of some milliseconds. The figure of a work is the tenth
 * percentile of its thread's CPU time.
 */
final class Alternating {

    private static final double UNDISTURBED = 0.1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Alternating() {
    }

    /** {@return the nanoseconds of a turn, by name, without the first third of the turns, which warm up} */
    static Map<String, Double> nanos(Map<String, Work> works, int turns) throws Exception {
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        for (int turn = 0; turn < turns; turn++) {
            for (Map.Entry<String, Work> work : works.entrySet()) {
                Map<String, Object> state = State.make();
                long begun = THREADS.getCurrentThreadCpuTime();
                work.getValue().run(state);
                double took = THREADS.getCurrentThreadCpuTime() - begun;
                if (turn >= turns / 3) {
                    nanos.computeIfAbsent(work.getKey(), any -> new ArrayList<>()).add(took);
                }
            }
        }
        return nanos.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                each -> Quantiles.of(each.getValue().stream().mapToDouble(Double::doubleValue).toArray()).at(UNDISTURBED)));
    }
}
