package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A changed envelope is refused by name, or a run can complete from it. */
class MutatedEnvelopeTest {

    private static final Logger LOGGER = Logger.getLogger("dev.pocketflow");
    private static final String HIDDEN = "hidden";
    private static final Flow FLOW = flow();
    private static final List<String> ENVELOPES = envelopes();

    @BeforeContainer
    static void endsWithoutWarning() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void warnAgain() {
        LOGGER.setLevel(null);
    }

    private static Node<Object, Object> step(String name) {
        return new Node<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                shared.put(name, shared.params());
                return null;
            }
        };
    }

    private static BatchNode<Integer, Integer> items() {
        return new BatchNode<>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2, 3);
            }

            @Override
            public Integer exec(Integer item) {
                return item;
            }

            @Override
            public int concurrency() {
                return 2;
            }
        };
    }

    private static Flow flow() {
        Flow batch = Flow.named("batch").node("items", items()).then("last")
                .node("last", step("last")).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2))).build();
        Flow parallel = Flow.named("parallel").node("x", step("x")).then("y").node("y", step("y"))
                .forEach(shared -> List.of(Map.of("j", 1), Map.of("j", 2))).concurrency(2).build();
        Flow both = Flow.branches("both", Flow.named("one").node("p", parallel).then("z").node("z", step("z")).build(), batch);
        return Flow.named("all").node("both", both).then("far").node("far", new RemoteFlow("all")).then("batch")
                .node("batch", batch).build();
    }

    /** An envelope of every hop of a run, and of the call of a function by itself. */
    private static List<String> envelopes() {
        List<String> sent = new ArrayList<>();
        Outcome outcome = hop(Run.of(FLOW, Store.create()));
        while (outcome instanceof Outcome.HandedOver handedOver) {
            sent.add(json(handedOver.envelope()));
            outcome = hop(Run.resume(FLOW, new SealedRoundTrip().apply(handedOver.envelope())));
        }
        return sent;
    }

    private static Outcome hop(Run run) {
        return run.executor(Runnable::run).maxSteps(60).handOverWhen(next -> true).start();
    }

    private static String json(Envelope envelope) {
        return new String(EnvelopeWriter.object(json -> {
            EnvelopeWriter.head(json, envelope);
            json.writeFieldName("position");
            EnvelopeWriter.position(json, envelope.position());
            json.writeFieldName("path");
            EnvelopeWriter.path(json, envelope);
        }), StandardCharsets.UTF_8);
    }

    /** The containers of a tree. */
    private static void collect(Object tree, List<Object> all) {
        if (tree instanceof Map<?, ?> map) {
            all.add(tree);
            map.values().forEach(value -> collect(value, all));
        } else if (tree instanceof List<?> list) {
            all.add(tree);
            list.forEach(value -> collect(value, all));
        }
    }

    private static Object copy(Object tree) {
        try {
            return Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(tree), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void mutate(Object tree, Random random) {
        List<Object> all = new ArrayList<>();
        collect(tree, all);
        Object chosen = all.get(random.nextInt(all.size()));
        Object other = all.get(random.nextInt(all.size()));
        List<Object> wrong = Arrays.asList(null, HIDDEN, -1, 0, 1, 1.5, 1e300, Double.POSITIVE_INFINITY, Integer.MAX_VALUE,
                true,
                List.of(), Map.of(), List.of(HIDDEN), Map.of("0", HIDDEN), List.of(Map.of()), other, "all", "far", "items");
        Object value = copy(wrong.get(random.nextInt(wrong.size())));
        if (chosen instanceof Map<?, ?> map && !map.isEmpty()) {
            String key = new ArrayList<>(((Map<String, Object>) map).keySet()).get(random.nextInt(map.size()));
            if (random.nextInt(5) == 0) {
                map.remove(key);
            } else {
                ((Map<String, Object>) map).put(key, value);
            }
        } else if (chosen instanceof List<?> list && !list.isEmpty()) {
            ((List<Object>) list).set(random.nextInt(list.size()), value);
        }
    }

    @Property(tries = 2_000)
    void mutatedEnvelope_isRefused_orEndsInAnOutcome(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2) int mutations)
            throws IOException {
        Random random = new Random(seed);
        Object tree = Json.MAPPER.readValue(ENVELOPES.get(random.nextInt(ENVELOPES.size())), Object.class);
        for (int i = 0; i < mutations; i++) {
            mutate(tree, random);
        }

        Envelope envelope;
        Run run;
        try {
            JsonObjectReader members = JsonObjectReader.of(tree, "the envelope");
            envelope = EnvelopeReader.envelope(members, members, Store.create());
            run = Run.resume(FLOW, envelope).maxSteps(60).handOverWhen(next -> next.name().equals("last"));
        } catch (IllegalArgumentException | FlowException.Drifted e) {
            assertThat(e.getMessage()).as("what was wrong").isNotBlank();
            return;
        }
        assertThat(run.start()).isNotNull();
    }
}
