package dev.pocketflow.quarkus.internal.net;

import java.util.OptionalInt;

import jakarta.ws.rs.WebApplicationException;

import dev.langchain4j.exception.HttpException;
import dev.pocketflow.internal.Thrown;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The HTTP status that a model or a service answered, read from the exception of its client. It loads no class of a client that
 * the function lacks. In a native executable these constants are computed at build time.
 */
public final class HttpStatus {

    private static final boolean JAX_RS = has("jakarta.ws.rs.WebApplicationException");
    private static final boolean LANGCHAIN4J = has("dev.langchain4j.exception.HttpException");
    private static final boolean AWS = has("software.amazon.awssdk.core.exception.SdkServiceException");
    private static final int MOST_CAUSES = 20; // a chain may lead back to its beginning

    private HttpStatus() {
    }

    private static boolean has(String type) {
        try {
            Class.forName(type, false, HttpStatus.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** {@return the status of the outermost failure that has one} */
    public static OptionalInt of(Throwable failure) {
        Throwable each = failure;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            Throwable asked = each;
            Integer status = Thrown.read(() -> status(asked));
            if (status != null && status > 0) {
                return OptionalInt.of(status);
            }
            each = Thrown.cause(each);
        }
        return OptionalInt.empty();
    }

    /** {@return the status; 0 without one} */
    private static int status(Throwable failure) {
        if (JAX_RS && JaxRs.is(failure)) {
            return JaxRs.status(failure);
        }
        if (LANGCHAIN4J && Models.is(failure)) {
            return Models.status(failure);
        }
        return AWS && Aws.is(failure) ? Aws.status(failure) : 0;
    }

    /** REST clients. */
    private static final class JaxRs {
        static boolean is(Throwable failure) {
            return failure instanceof WebApplicationException;
        }

        static int status(Throwable failure) {
            return ((WebApplicationException) failure).getResponse().getStatus();
        }
    }

    /** Language models. */
    private static final class Models {
        static boolean is(Throwable failure) {
            return failure instanceof HttpException;
        }

        static int status(Throwable failure) {
            return ((HttpException) failure).statusCode();
        }
    }

    /** Services of AWS. */
    private static final class Aws {
        static boolean is(Throwable failure) {
            return failure instanceof SdkServiceException;
        }

        static int status(Throwable failure) {
            return ((SdkServiceException) failure).statusCode();
        }
    }
}
