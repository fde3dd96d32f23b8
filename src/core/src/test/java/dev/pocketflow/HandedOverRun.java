package dev.pocketflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A run that is handed over from hop to hop until it ends. The hops share nothing but the JSON of the envelope, as if each ran
 * in another process. The run starts in the first of the flows.
 */
final class HandedOverRun {

    private static final int TOO_MANY = 20_000;

    /** The envelopes that were handed over, as the next hop read them. */
    final List<Envelope> sent = new ArrayList<>();
    private final Map<String, Flow> functions = new LinkedHashMap<>();
    private final Flow first;
    private Predicate<GraphNode> due = next -> true;
    private UnaryOperator<Run> set = run -> run;
    /** The run of the last hop. */
    Run run;

    HandedOverRun(Flow... flows) {
        first = flows[0];
        for (Flow flow : flows) {
            functions.put(flow.name(), flow);
        }
    }

    /** Sets when a hop ends. The default is before every step except a hop's first. */
    HandedOverRun handOverWhen(Predicate<GraphNode> due) {
        this.due = due;
        return this;
    }

    /** Sets an option on the run of every hop. */
    HandedOverRun with(UnaryOperator<Run> set) {
        this.set = set;
        return this;
    }

    Outcome start(Store store) {
        return walk(TestRuns.of(first, store));
    }

    /** Resumes a failed run. */
    Outcome resume(Outcome parked) {
        return resume(((Outcome.Failed) parked).envelope());
    }

    Outcome resume(Envelope envelope) {
        Envelope read = EnvelopeRoundTrip.of(envelope);
        return walk(TestRuns.resume(functions.get(read.target()), read));
    }

    private Outcome walk(Run begun) {
        run = set.apply(begun.handOverWhen(due));
        Outcome outcome = run.start();
        while (outcome instanceof Outcome.HandedOver handedOver) {
            if (sent.size() == TOO_MANY) {
                throw new AssertionError("no end after " + TOO_MANY + " hops; now at " + places(handedOver.envelope()));
            }
            Envelope read = EnvelopeRoundTrip.of(handedOver.envelope());
            sent.add(read);
            run = set.apply(TestRuns.resume(functions.get(read.target()), read).handOverWhen(due));
            outcome = run.start();
        }
        return outcome;
    }

    /** {@return where each hop began, see {@link TestSteps#place}} */
    List<List<String>> places() {
        return sent.stream().map(HandedOverRun::places).toList();
    }

    static List<String> places(Envelope envelope) {
        return envelope.position().frames().stream().map(TestSteps::place).toList();
    }
}
