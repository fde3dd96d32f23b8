package dev.pocketflow.bench;

import java.util.Arrays;

/** Times in microseconds. Keeps every one of them. Thread-safe. */
final class Latencies {

    private int[] micros = new int[1 << 16];
    private int count;

    synchronized void add(int time) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = time;
    }

    synchronized void clear() {
        count = 0;
    }

    synchronized int[] sorted() {
        int[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
