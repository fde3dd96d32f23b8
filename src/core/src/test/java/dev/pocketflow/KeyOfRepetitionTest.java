package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.engine.position.Position;

/** A service can recognize repeated requests of one visit by the key, whatever happened between them. */
class KeyOfRepetitionTest {

    private static final Duration DELAY = Duration.ofMinutes(5);

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Store store = Store.create();
    private int failures = 1;

    /** Takes effect, and then fails for the given number of times. */
    private Object pay() {
        keys.add(Visit.current().key().substring(Visit.current().run().length()));
        if (failures-- > 0) {
            throw new IllegalStateException("the answer was lost");
        }
        return null;
    }

    private Flow behind(Step step) {
        return Flow.named("flow").node("a", TestSteps.trace("a")).then("pay").node("pay", step).then("b")
                .node("b", TestSteps.executing(() -> keys.add("b" + Visit.current().key().substring(26)))).build();
    }

    private Outcome resumed(Flow flow) {
        HandedOverRun hops = new HandedOverRun(flow).with(run -> run.executor(Runnable::run));
        Outcome outcome = hops.start(store);
        while (outcome instanceof Outcome.Failed failed) {
            outcome = hops.resume(failed);
        }
        return outcome;
    }

    @Test
    void keyStays_whenTheRunIsResumed_andTheNextVisitHasTheNextNumber() {
        failures = 3;

        resumed(behind(TestSteps.executing(this::pay))).orThrow();

        assertThat(keys).containsExactly("/2", "/2", "/2", "/2", "b/3");
    }

    @Test
    void keyStays_whenTheNodeIsRepeatedLater_andThenParked() {
        failures = 3;
        WaitingRun waiting = new WaitingRun(Flow.named("flow").node("a", TestSteps.trace("a")).then("pay")
                .node("pay", TestSteps.executing(this::pay)).retryLater(DELAY, 2).build());

        Outcome outcome = waiting.start(store);
        while (!(outcome instanceof Outcome.Completed)) {
            waiting.pass(DELAY);
            outcome = waiting.later(outcome).start();
        }

        assertThat(keys).containsExactly("/2", "/2", "/2", "/2");
    }

    @Test
    void keyStays_whenPostFails() {
        Node<Object, Object> node = new Node<>() {
            @Override
            public Object exec(Object prepared) {
                keys.add(Visit.current().key().substring(26));
                return null;
            }

            @Override
            public String post(Store shared, Object prepared, Object result) {
                if (failures-- > 0) {
                    throw new IllegalStateException("made up");
                }
                return null;
            }
        };

        resumed(behind(node)).orThrow();

        assertThat(keys).containsExactly("/2", "/2", "b/3");
    }

    @Test
    void keyStays_ofAnAsyncNode() {
        resumed(behind(TestSteps.async(() -> CompletableFuture.completedFuture(pay())))).orThrow();

        assertThat(keys).containsExactly("/2", "/2", "b/3");
    }

    @Test
    void keyStays_whenTheRunIsCancelledDuringTheVisit() {
        List<Run> runs = new ArrayList<>();
        Flow flow = behind(TestSteps.executing(() -> {
            failures = 0;
            pay();
            if (runs.size() == 1) {
                runs.get(0).cancel();
                throw new InterruptedException();
            }
            return null;
        }));
        runs.add(TestRuns.of(flow, store));
        Outcome.Failed cancelled = (Outcome.Failed) runs.get(0).start();
        Thread.interrupted();
        runs.add(TestRuns.resume(flow, EnvelopeRoundTrip.of(cancelled.envelope())));

        runs.get(1).start().orThrow();

        assertThat(keys).containsExactly("/2", "/2", "b/3");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void keysOfAllItems_stay(int width) {
        failures = 2;

        resumed(behind(TestSteps.batch(width, List.of("x", "y", "z"), item -> pay()))).orThrow();

        assertThat(keys).hasSize(6).endsWith("b/3");
        assertThat(keys.stream().distinct()).containsExactlyInAnyOrder("/2/0", "/2/1", "/2/2", "b/3");
    }

    @Test
    void keyOfAnItem_stays_overHandOversAndAFailure() {
        int[] calls = new int[1];
        failures = 0;
        Flow flow = behind(TestSteps.batch(1, List.of(1, 2, 3, 4), item -> {
            if (++calls[0] == 2) {
                failures = 1;
            }
            return pay();
        }));

        resumed(flow).orThrow();

        assertThat(keys).containsExactly("/2/0", "/2/1", "/2/1", "/2/2", "/2/3", "b/3");
    }

    @Test
    void partsCountForThemselves_andKeepTheirKeys() {
        Step noted = TestSteps.executing(this::pay);
        Flow left = Flow.named("left").node("a", noted).then("b").node("b", noted).build();
        Flow right = Flow.named("right").node("a", noted)
                .forEach(shared -> IntStream.range(0, 2).mapToObj(i -> Map.of("i", i)).toList()).concurrency(2).build();
        failures = 2;

        resumed(behind(Flow.branches("gather", left, right))).orThrow();

        assertThat(keys.stream().distinct()).containsExactlyInAnyOrder("/2.left.1", "/2.left.2", "/2.right.0.0.1",
                "/2.right.0.1.1", "b/7");
        assertThat(keys).hasSize(7);
    }

    @Test
    void keysOfParts_differ_forAllNames() {
        Step noted = TestSteps.executing(this::pay);
        Flow left = Flow.branches("left", Flow.named("right").node("a", noted).build());
        failures = 2;

        resumed(Flow.branches("gather", left, Flow.named("left.0.right").node("a", noted).build(),
                Flow.named("a/b").node("a", noted).build(), Flow.named("a%2Fb").node("a", noted).build())).orThrow();

        assertThat(keys.stream().distinct()).containsExactlyInAnyOrder("/0.left.0.right.1", "/0.left%2E0%2Eright.1",
                "/0.a%2Fb.1", "/0.a%252Fb.1");
        assertThat(keys).hasSize(6);
    }

    @Test
    void retriedPart_keepsItsKey() {
        Flow part = Flow.named("part").node("a", TestSteps.trace("a")).then("pay").node("pay", TestSteps.executing(this::pay))
                .retryLater(DELAY, 1).build();
        WaitingRun waiting = new WaitingRun(
                Flow.branches("gather", part, Flow.named("fine").node("a", TestSteps.trace("b")).build()));

        Outcome outcome = waiting.start(store);
        waiting.pass(DELAY);
        waiting.later(outcome).start().orThrow();

        assertThat(keys).containsExactly("/0.part.2", "/0.part.2");
    }

    @Test
    void forksEnteredAgain_haveNewKeys() {
        failures = 0;
        int[] rounds = new int[1];
        Flow flow = Flow.named("flow").node("gather",
                Flow.branches("gather", Flow.named("part").node("a", TestSteps.executing(this::pay)).build())).then("again")
                .node("again", TestSteps.posting(shared -> ++rounds[0] < 3 ? "more" : "enough")).on("more", "gather")
                .ends("enough")
                .build();

        resumed(flow).orThrow();

        assertThat(keys).containsExactly("/1.part.1", "/4.part.1", "/7.part.1");
    }

    @Test
    void repetition_doesNotCountAsAStep_butIsReported() {
        List<RunEvent> events = new ArrayList<>();
        Flow flow = behind(TestSteps.executing(this::pay));
        HandedOverRun hops = new HandedOverRun(flow).with(run -> run.listener(events::add).maxSteps(3));

        hops.resume(hops.start(store)).orThrow();

        assertThat(hops.run.steps()).isEqualTo(3);
        assertThat(events).filteredOn(RunEvent.StepStarted.class::isInstance).extracting("sequence")
                .containsExactly(1, 2, 2, 3);
        assertThat(events).filteredOn(RunEvent.StepFinished.class::isInstance).extracting("sequence")
                .containsExactly(1, 2, 2, 3);
    }

    /** The envelope is from a version in which a visit had another number after it failed. */
    @Test
    void envelopeWithoutTheNumber_resumesLikeInTheOldVersion() {
        Flow flow = behind(TestSteps.executing(this::pay));
        Outcome.Failed failed = (Outcome.Failed) TestRuns.of(flow, store).start();
        Envelope parked = EnvelopeRoundTrip.of(failed.envelope());
        Position.Frame now = parked.position().frames().get(0);
        Position.Frame before = new Position.Frame(now.flow(), now.node(), now.action(), now.graph(), now.remote(), now.loop(),
                now.batch(), now.parts(), now.pause(), 0, now.steps());
        Envelope envelope = parked.withPosition(new Position(List.of(before)));

        assertThat(now.step()).isEqualTo(2);
        TestRuns.resume(flow, envelope).start().orThrow();
        assertThat(keys).containsExactly("/2", "/3", "b/4");
    }
}
