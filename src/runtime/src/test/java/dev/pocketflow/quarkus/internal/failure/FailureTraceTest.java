package dev.pocketflow.quarkus.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import dev.pocketflow.FlowException;

class FailureTraceTest {

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        FailureTrace.of(failure).printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void traceHasClassesAndFramesOfAllCauses_andOnlyOurMessages() {
        Exception cause = new IOException("S3CRET", new IllegalStateException("S3CRET"));
        cause.addSuppressed(new IllegalArgumentException("S3CRET"));

        assertThat(printed(new FlowException("safe to show", cause)))
                .contains("dev.pocketflow.FlowException: safe to show", "Caused by: java.io.IOException",
                        "Suppressed: java.lang.IllegalArgumentException", "Caused by: java.lang.IllegalStateException",
                        "TraceTest.java:")
                .doesNotContain("S3CRET");
    }

    @Test
    void circleOfCauses_isCut() {
        Exception one = new Exception("S3CRET");
        Exception other = new Exception(one);
        one.initCause(other);
        one.addSuppressed(other);

        assertThat(printed(other)).contains("java.lang.Exception").doesNotContain("S3CRET");
    }

    @Test
    void manyCauses_areCut() {
        Throwable failure = new IOException("S3CRET");
        for (int i = 0; i < 20_000; i++) {
            failure = new IllegalStateException("S3CRET", failure);
        }
        for (int i = 0; i < 20_000; i++) {
            failure.addSuppressed(new IllegalArgumentException("S3CRET"));
        }

        assertThat(printed(failure).lines().filter(line -> line.contains("Caused by") || line.contains("Suppressed")))
                .hasSize(99);
    }

    /** A message of our own may quote a name from outside. */
    @Test
    void messageOfOurOwn_isOneLine() {
        class Quoting extends FlowException {
            private static final long serialVersionUID = 1;

            Quoting() {
                super("");
            }

            @Override
            public String getMessage() {
                return "forged\nERROR line";
            }
        }

        assertThat(printed(new Quoting())).contains("Quoting: forged\\nERROR line");
    }
}
