package dev.pocketflow.testing.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Two subjects, compared on the same cases.
 *
 * @param base the name of the subject that is compared with
 * @param other the name of the subject that is better or worse
 * @param cases the comparison of each case, in the order of the cases
 */
public record Comparison(String base, String other, List<Line> cases) {

    /** The change from the base to the other subject. */
    public enum Change {
        /** The other passed and the base did not, or its score is higher. */
        BETTER,
        /** The base passed and the other did not, or its score is higher. */
        WORSE,
        /** Both passed or both did not, with scores within the tolerance. */
        EQUAL,
        /** One of them was not run, or could not be scored. */
        UNKNOWN
    }

    /**
     * The comparison of one case.
     *
     * @param name the name of the case
     * @param change the change
     * @param baseScore the score of the base; empty if there is none
     * @param otherScore the score of the other; empty if there is none
     */
    public record Line(String name, Change change, OptionalDouble baseScore, OptionalDouble otherScore) {
    }

    /** Makes a comparison. */
    public Comparison {
        cases = List.copyOf(cases);
    }

    static Comparison of(String base, List<CaseResult> before, String other, List<CaseResult> after, double tolerance) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            lines.add(new Line(before.get(i).about().name(), change(before.get(i), after.get(i), tolerance),
                    before.get(i).score(), after.get(i).score()));
        }
        return new Comparison(base, other, lines);
    }

    private static Change change(CaseResult before, CaseResult after, double tolerance) {
        if (before.score().isEmpty() || after.score().isEmpty()) {
            return Change.UNKNOWN;
        } else if (before.passed() != after.passed()) {
            return after.passed() ? Change.BETTER : Change.WORSE;
        }
        double difference = after.score().getAsDouble() - before.score().getAsDouble();
        if (Math.abs(difference) <= tolerance + 1e-9) {
            return Change.EQUAL;
        }
        return difference > 0 ? Change.BETTER : Change.WORSE;
    }

    /** {@return the number of cases with this change} */
    public long count(Change change) {
        return cases.stream().filter(line -> line.change() == change).count();
    }

    /** {@return the names of the cases with this change, in the order of the cases} */
    public List<String> names(Change change) {
        return cases.stream().filter(line -> line.change() == change).map(Line::name).toList();
    }
}
