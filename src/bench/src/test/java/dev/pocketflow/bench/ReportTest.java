package dev.pocketflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static Result result(String work, String row, double value, double ratio) {
        return new Result(work, row, value, "ms", ratio, List.of(ratio, ratio));
    }

    @Test
    void ratios_areTakenWithinARound() {
        Result result = Result.of("W1", Result.OURS, "ns/step", new double[] { 10, 40, 90 }, new double[] { 5, 10, 30 });

        assertThat(result).isEqualTo(new Result("W1", Result.OURS, 40, "ns/step", 3, List.of(2.0, 4.0)));
    }

    @Test
    void target_isMissed_beyondItsRatio() {
        Result limit = result("W3", Result.LIMIT, 10, 1);

        assertThat(Target.of(limit)).isNull();
        assertThat(Target.of(result("W3", Result.OURS, 12, 1.2)).met(result("W3", Result.OURS, 12, 1.2), limit)).isTrue();
        assertThat(Target.of(result("W3", Result.OURS, 13, 1.3)).met(result("W3", Result.OURS, 13, 1.3), limit)).isFalse();
    }

    @Test
    void throughput_isMissed_belowItsRatio_andAHop_hasAMillisecondMore() {
        String throughput = "W6 jvm 8 connections throughput";
        Result slow = result(throughput, Result.OURS, 80, 0.8);
        Result hop = result("W5 hop", Result.OURS, 1.5, 3);

        assertThat(Target.of(slow).met(slow, result(throughput, Result.LIMIT, 100, 1))).isFalse();
        assertThat(Target.of(hop).met(hop, result("W5 hop", Result.LIMIT, 0.5, 1))).isTrue();
        assertThat(Target.of(hop).met(hop, result("W5 hop", Result.LIMIT, 0.4, 1))).isFalse();
    }

    @Test
    void agent_isMissed_byItsStartAndItsMemory_notByItsCpu() {
        Result slow = result("W8 lambda start", Result.OURS, 120, 1.2);
        Result large = result("W8 http rss", Result.OURS, 60, 1.16);

        assertThat(Target.of(slow).met(slow, result("W8 lambda start", Result.LIMIT, 100, 1))).isFalse();
        assertThat(Target.of(large).met(large, result("W8 http rss", Result.LIMIT, 50, 1))).isFalse();
        assertThat(Target.of(result("W8 http ready start", Result.OURS, 1, 1))).isNotNull();
        assertThat(Target.of(result("W8 http cpu", Result.OURS, 120, 1.2))).isNull();
    }

    @Test
    void machine_isFollowedByATable_ofThePartsThatHaveFigures(@TempDir Path target) throws IOException {
        Files.writeString(target.resolve("growth.json"), "[]");
        Files.writeString(target.resolve("growth-stamp.txt"), "2026-11-22, commit ac79610\n");
        Files.writeString(target.resolve("hops-stamp.txt"), "a part without figures\n");

        assertThat(Report.machine(target, "Two cores.")).isEqualTo("""
                Two cores.

                | part | works | measured |
                |---|---|---|
                | growth | W7 | 2026-11-22, commit ac79610 |""");
    }

    @Test
    void missedTarget_isSaidInSentences() {
        Result slow = result("W6 jvm 1 connection p99", Result.OURS, 3, 1.39);

        assertThat(Report.missed(slow, Target.of(slow)))
                .isEqualTo("W6 jvm 1 connection p99: the ratio of PocketFlow is 1.39. The target is at most 1.20.");
    }

    @Test
    void plots_haveEveryRow_andEscapeIt() {
        String bars = Svg.bars("W1", List.of(result("W1", Result.LIMIT, 1, 1), result("W1", "a < b", 400, 400)));
        String lines = Svg.lines("W2 by steps", "ns", Map.of("row", new TreeMap<>(Map.of(10.0, 5.0, 1_000.0, 7.0))));

        assertThat(bars).contains("a &lt; b").contains("400 x").endsWith("</svg>\n");
        assertThat(lines).contains("row").contains("1k").containsOnlyOnce("<line x1=\"70.0\" y1=\"300.0\"");
    }
}
