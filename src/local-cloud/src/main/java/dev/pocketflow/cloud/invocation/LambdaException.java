package dev.pocketflow.cloud.invocation;

/** An invocation that Lambda refuses before the function sees it. It has the name that an AWS SDK would report. */
public final class LambdaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    public LambdaException(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    /** The HTTP status of the Invoke API, such as 404. */
    public int status() {
        return status;
    }

    /** The error's name in the Invoke API, such as {@code ResourceNotFoundException}. */
    public String type() {
        return type;
    }
}
