package dev.pocketflow.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;

import dev.pocketflow.bench.Contender.Done;
import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.Contender.Work;

/** The contenders on the class path, and the works that they do. */
final class Contenders {

    static final Duration WAIT = Duration.ofMillis(5);

    private Contenders() {
    }

    /** {@return all contenders: the limit first, PocketFlow second} */
    static List<Contender> all() {
        return ServiceLoader.load(Contender.class).stream().map(ServiceLoader.Provider::get)
                .sorted((a, b) -> Integer.compare(rank(a), rank(b))).toList();
    }

    private static int rank(Contender contender) {
        return contender.name().equals(Result.LIMIT) ? 0 : contender.name().startsWith(Result.OURS) ? 1 : 2;
    }

    static Contender named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** A kind of work, with the unit of its figure. */
    enum Kind {
        W1("ns/step", (contender, shape) -> contender.steps(shape)),
        W2("ns/step", (contender, shape) -> contender.durable(shape)),
        /** W2 with a state whose texts all change at each step. */
        W2_RENEWED("ns/step", (contender, shape) -> contender.durable(
                new Shape(shape.steps(), shape.nodes(), shape.nesting(), true))),
        W3("ms", (contender, shape) -> contender.map(shape.steps(), WAIT)),
        /** W3 with items that do not wait. */
        ITEMS("ns/item", (contender, shape) -> contender.map(shape.steps(), Duration.ZERO));

        final String unit;
        private final BiFunction<Contender, Shape, Work> work;

        Kind(String unit, BiFunction<Contender, Shape, Work> work) {
            this.unit = unit;
            this.work = work;
        }

        /**
         * {@return the work, which checks its own result}
         *
         * @throws UnsupportedOperationException if the contender cannot do this work
         */
        Work of(Contender contender, Shape shape) {
            Work made = work.apply(contender, shape);
            long items = shape.steps();
            long count = isLoop() ? items : items * (items + 1) / 2;
            return state -> checked(contender, made.run(state), count);
        }

        boolean isLoop() {
            return this == W1 || isDurable();
        }

        boolean isDurable() {
            return this == W2 || this == W2_RENEWED;
        }

        /** {@return the name of the work in results and in the report} */
        String title() {
            return this == W2_RENEWED ? "W2 all texts new" : name();
        }

        private Done checked(Contender contender, Done done, long count) {
            if (done.count() != count || isDurable() && done.bytes() <= 0) {
                throw new IllegalStateException(contender.name() + ", " + this + ": " + done + " instead of " + count);
            }
            return done;
        }
    }

    /** {@return nanoseconds of wall-clock time that the work takes from this state} */
    static double nanos(Work work, Map<String, Object> state) throws Exception {
        long begun = System.nanoTime();
        work.run(state);
        return System.nanoTime() - begun;
    }
}
