package dev.pocketflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Functions that share nothing but the envelope, each hop in another process so to speak. The first flow is where runs start.
 */
final class Hops {

    private static final int TOO_MANY = 20_000;

    /** Every envelope that was handed over, as the next hop read it. */
    final List<Envelope> sent = new ArrayList<>();
    private final Map<String, Flow> functions = new LinkedHashMap<>();
    private final Flow first;
    private Predicate<GraphNode> due = next -> true;
    private UnaryOperator<Run> set = run -> run;
    /** The last one. */
    Run run;

    Hops(Flow... flows) {
        first = flows[0];
        for (Flow flow : flows) {
            functions.put(flow.name(), flow);
        }
    }

    /** By default before every step but a hop's first. */
    Hops handOverWhen(Predicate<GraphNode> due) {
        this.due = due;
        return this;
    }

    /** What every hop's run is set to. */
    Hops with(UnaryOperator<Run> set) {
        this.set = set;
        return this;
    }

    Outcome start(Store store) {
        return goOn(TestRuns.of(first, store));
    }

    /** As a failed run is taken up again. */
    Outcome resume(Outcome parked) {
        return resume(((Outcome.Failed) parked).envelope());
    }

    Outcome resume(Envelope envelope) {
        Envelope read = EnvelopeRoundTrip.of(envelope);
        return goOn(TestRuns.resume(functions.get(read.target()), read));
    }

    private Outcome goOn(Run begun) {
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

    /** {@return where each hop began, see {@link Steps#place}} */
    List<List<String>> places() {
        return sent.stream().map(Hops::places).toList();
    }

    static List<String> places(Envelope envelope) {
        return envelope.position().frames().stream().map(Steps::place).toList();
    }
}
