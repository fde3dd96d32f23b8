package dev.pocketflow.quarkus.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.pocketflow.Envelope;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.StepPath;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A path's JSON grows with the run. It must equal the JSON of the same steps written one by one. */
class PathJsonCacheTest {

    private final StepPath path = new StepPath(0, List.of());

    private static RunEvent.StepFinished step(int sequence, Random random) {
        boolean failed = random.nextInt(4) == 0;
        return new RunEvent.StepFinished("run", random.nextBoolean() ? "flow" : "inner", "n\"ö\n".repeat(random.nextInt(5)),
                sequence,
                failed ? null : "default", random.nextLong(1L << random.nextInt(1, 50)), random.nextInt(3),
                failed ? "java.io.IOException" : null);
    }

    private void add(int count, Random random) {
        IntStream.range(0, count).forEach(i -> path.add(step(i + 1, random)));
    }

    private static String json(String flow, List<RunEvent.StepFinished> steps) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeFieldName("path");
            EnvelopeWriter.path(json, new Envelope("run", flow, 1, 1, Map.of(), Position.START, Store.create(), steps));
            json.writeBooleanField("last", true);
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toString(UTF_8);
    }

    private static void check(String flow, List<RunEvent.StepFinished> steps) {
        assertThat(json(flow, steps)).isEqualTo(json(flow, new ArrayList<>(steps)));
    }

    @Property(tries = 100)
    void jsonIsThatOfEachStep_atEachWriting(@ForAll @IntRange(max = 15) int snapshots,
            @ForAll @IntRange(min = 1, max = 150) int apart, @ForAll Random random) {
        List<List<RunEvent.StepFinished>> taken = new ArrayList<>();
        for (int i = 0; i < snapshots; i++) {
            add(random.nextInt(apart), random);
            taken.add(path.last());
            if (random.nextBoolean()) {
                check("flow", path.last());
            }
            if (random.nextInt(5) == 0) {
                check("other", path.last());
                check("flow", taken.get(random.nextInt(taken.size())));
            }
        }
        taken.forEach(steps -> check("flow", steps));
    }

    @Test
    void json_hasTheMembersInCanonicalOrder_andMillisecondsInFull() {
        path.add(new RunEvent.StepFinished("run", "inner", "n", 7, null, 100, 3, "E"));
        path.add(new RunEvent.StepFinished("run", "flow", "n", 8, "a", 2_000_000_000_000L, 1, null));

        assertThat(json("flow", path.last())).isEqualTo("{\"path\":["
                + "{\"attempts\":3,\"error\":\"E\",\"flow\":\"inner\",\"ms\":0.0001,\"node\":\"n\",\"step\":7},"
                + "{\"action\":\"a\",\"ms\":2000000,\"node\":\"n\",\"step\":8}],\"last\":true}");
    }

    @Test
    void pathOfAResumedRun_hasItsSteps() {
        Random random = new Random(1);
        add(150, random);
        check("flow", path.last());
        List<RunEvent.StepFinished> others = List.of(step(1, random), step(2, random));

        StepPath resumed = new StepPath(2, others);

        assertThat(resumed.last()).isEqualTo(others);
        check("flow", resumed.last());
    }
}
