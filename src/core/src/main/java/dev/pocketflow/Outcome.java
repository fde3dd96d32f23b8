package dev.pocketflow;

/** The end of an invocation's share of a run. Each kind has the store as the run left it. */
public sealed interface Outcome {

    /** {@return the store as the run left it} */
    Store store();

    /**
     * Returns the outcome of a run that must have completed.
     *
     * @return this outcome
     * @throws FlowException the failure of a {@link Failed} run; for any other outcome, one that names it
     */
    default Completed orThrow() {
        throw new FlowException("the run has not completed: " + getClass().getSimpleName());
    }

    /**
     * The flow ran to its end.
     *
     * @param action the last action; never {@code null} or empty: those are {@code default}
     * @param store the run's store
     */
    record Completed(String action, Store store) implements Outcome {
        @Override
        public Completed orThrow() {
            return this;
        }
    }

    /**
     * The run continues in another invocation.
     *
     * @param envelope the run as it was sent
     */
    record HandedOver(Envelope envelope) implements Outcome {
        @Override
        public Store store() {
            return envelope.store();
        }
    }

    /**
     * The run waits for a signal.
     *
     * @param envelope the run, to be resumed with the signal
     * @param signal the signal's name
     */
    record Suspended(Envelope envelope, String signal) implements Outcome {
        @Override
        public Store store() {
            return envelope.store();
        }
    }

    /**
     * The run failed and is parked. Its envelope has all of its data, and points at the step that failed or was next.
     *
     * @param envelope the run
     * @param failure the failure, with a message that is safe to show
     */
    record Failed(Envelope envelope, FlowException failure) implements Outcome {
        @Override
        public Store store() {
            return envelope.store();
        }

        @Override
        public Completed orThrow() {
            throw failure;
        }
    }
}
