package dev.pocketflow.testing.eval;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A version of a flow that is evaluated. Must be thread-safe: an evaluation runs cases in parallel. It bounds its own time: an
 * evaluation does not end before its runs. {@link HttpSubject} calls a function over HTTP. In an application with the runtime,
 * a
 * lambda calls {@code Flows}.
 */
@FunctionalInterface
public interface Subject {

    /**
     * Runs the flow once.
     *
     * @param input the input of the case, which may be changed
     * @return the output
     * @throws Exception if the run failed; the case is then recorded as broken, and the evaluation continues
     */
    Output run(Map<String, @Nullable Object> input) throws Exception;
}
