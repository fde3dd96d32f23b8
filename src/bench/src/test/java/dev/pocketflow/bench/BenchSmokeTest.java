package dev.pocketflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.Contender.Work;
import dev.pocketflow.bench.Contenders.Kind;

/**
 * Fails if a work takes twice as long as before; runs with {@code ./mvnw verify -Pbench-smoke}. The bounds are somewhat less
 * than twice the ratios in src/docs/explanation/performance.md. Change both together.
 */
class BenchSmokeTest {

    private static Map<String, Double> ratios(Kind kind, int size, int turns, String... rows) throws Exception {
        Map<String, Work> works = new LinkedHashMap<>();
        for (String row : rows) {
            works.put(row, kind.of(Contenders.named(row), Shape.of(size)));
        }
        Map<String, Double> nanos = Alternating.nanos(works, turns);
        double limit = nanos.get(rows[0]);
        nanos.replaceAll((row, each) -> each / limit);
        System.out.println("bench-smoke " + kind + ": " + nanos);
        return nanos;
    }

    @Test
    void step_takesNotTwiceAsLong() throws Exception {
        Map<String, Double> ratios = ratios(Kind.W1, 3_000, 9_000, Result.LIMIT, Result.OURS, Result.OURS + ", no path");

        assertThat(ratios.get(Result.OURS)).isLessThan(8);
        assertThat(ratios.get(Result.OURS + ", no path")).isLessThan(3.8);
    }

    @Test
    void durableStep_takesNotTwiceAsLong() throws Exception {
        Map<String, Double> ratios = ratios(Kind.W2, 300, 1_500, Result.LIMIT, Result.OURS, Result.OURS + ", sealed");

        assertThat(ratios.get(Result.OURS)).isLessThan(0.85);
        assertThat(ratios.get(Result.OURS + ", sealed")).isLessThan(6);
    }

    @Test
    void durableStepThatChangesAllTexts_takesNotTwiceAsLong() throws Exception {
        Map<String, Double> ratios = ratios(Kind.W2_RENEWED, 300, 1_500, Result.LIMIT, Result.OURS);

        assertThat(ratios.get(Result.OURS)).isLessThan(2.2);
    }

    @Test
    void parallelMap_takesNotTwiceAsLong() throws Exception {
        Work limit = Kind.W3.of(Contenders.named(Result.LIMIT), Shape.of(1_000));
        Work ours = Kind.W3.of(Contenders.named(Result.OURS), Shape.of(1_000));
        double[] ratios = new double[60];
        for (int i = 0; i < ratios.length; i++) { // by wall-clock time, since the test measures a wait
            ratios[i] = 1 / Contenders.nanos(limit, State.make());
            ratios[i] *= Contenders.nanos(ours, State.make());
        }

        assertThat(Quantiles.of(ratios).median()).isLessThan(2);
    }

    @Test
    void timeOfAStep_doesNotGrow_withTheNumberOfSteps_norOfNodes_andByTheDepthOnlyALittle() throws Exception {
        Contender ours = Contenders.named(Result.OURS);
        Map<String, Double> steps = Alternating.nanos(Map.of("few", Kind.W2.of(ours, Shape.of(1_000)),
                "many", Kind.W2.of(ours, Shape.of(10_000))), 60);
        Map<String, Double> nodes = Alternating.nanos(Map.of("few", Kind.W1.of(ours, new Shape(3_000, 3, 1)),
                "many", Kind.W1.of(ours, new Shape(3_000, 1_000, 1))), 6_000);
        Map<String, Double> nesting = Alternating.nanos(Map.of("few", Kind.W2.of(ours, new Shape(300, 3, 1)),
                "many", Kind.W2.of(ours, new Shape(300, 3, 100))), 600);

        assertThat(nesting.get("many")).as("a hundred frames").isLessThan(8 * nesting.get("few"));
        assertThat(steps.get("many") / 10).isLessThan(2 * steps.get("few"));
        assertThat(nodes.get("many")).isLessThan(3 * nodes.get("few"));
    }

    @Test
    void everyContender_doesItsWorks() throws Exception {
        for (Contender contender : Contenders.all()) {
            for (Kind kind : List.of(Kind.W1, Kind.W2, Kind.W3)) {
                try {
                    assertThat(kind.of(contender, Shape.of(30)).run(State.make()).count())
                            .isEqualTo(kind == Kind.W3 ? 465 : 30);
                } catch (UnsupportedOperationException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }
}
