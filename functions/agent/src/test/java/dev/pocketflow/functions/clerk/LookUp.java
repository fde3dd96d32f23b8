package dev.pocketflow.functions.clerk;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;

/** Asks the tool. The model reads the answer or the error, whichever comes. */
class LookUp implements Node<String, String> {
    @Inject
    Orders orders;

    @Override
    public String prep(Store shared) {
        return shared.get(Clerk.ORDER);
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000, abortOn = Orders.Refused.class)
    @Timeout(10_000)
    @Fallback(fallbackMethod = "refused")
    public String exec(String order) {
        return orders.state(order);
    }

    String refused(String order, Orders.Refused error) {
        return "The look-up failed: " + error.getMessage();
    }

    @Override
    public String post(Store shared, String order, String note) {
        shared.append(Clerk.NOTES, note);
        return null;
    }
}
