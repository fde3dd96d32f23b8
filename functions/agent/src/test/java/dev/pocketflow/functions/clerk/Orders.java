package dev.pocketflow.functions.clerk;

import jakarta.enterprise.context.ApplicationScoped;

/** The tool: it knows nothing of flows and models. */
@ApplicationScoped
class Orders {

    /** A call that the caller can correct. The message says how. */
    static class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    String state(String number) {
        if (!number.matches("[A-Z]-\\d{4}")) {
            throw new Refused("'" + number + "' is no order number. Send a letter, a dash and four digits");
        }
        if (number.startsWith("X")) {
            throw new IllegalStateException("the archive is closed");
        }
        return number + " is on its way";
    }
}
