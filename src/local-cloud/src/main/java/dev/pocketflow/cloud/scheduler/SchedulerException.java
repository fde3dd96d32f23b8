package dev.pocketflow.cloud.scheduler;

/** A refusal of EventBridge Scheduler. */
final class SchedulerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;

    SchedulerException(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    /** The HTTP status of the answer. */
    int status() {
        return status;
    }

    /** The name of the error in the API, such as {@code ConflictException}. */
    String type() {
        return type;
    }

    static SchedulerException invalid(String what) {
        return new SchedulerException(400, "ValidationException", what);
    }
}
