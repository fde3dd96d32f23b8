package dev.pocketflow.quarkus.internal.http;

import dev.pocketflow.quarkus.internal.response.HopResponse;

/** A request for which this instance has no memory, now or ever. */
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1;
    public static final int RETRY_AFTER_SECONDS = 5;
    private final int status;

    private Overloaded(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** @param key the key to raise */
    static Overloaded now(String key) {
        return new Overloaded(503, "the requests in progress use all memory for requests "
                + "(" + key + "). Send the request again later");
    }

    static Overloaded ever(long weight, long most) {
        return new Overloaded(413,
                "the request needs about " + weight + " bytes of memory, and quarkus.pocketflow.in-flight.max-memory"
                        + " allows " + most + ". Send less in one event, or give the function more memory");
    }

    /** {@return 503, or 413 if the request can never succeed} */
    public int status() {
        return status;
    }

    public byte[] problem() {
        return HopResponse.problem(status, status == 503 ? "Service Unavailable" : "Content Too Large", getMessage());
    }
}
