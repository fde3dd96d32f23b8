package dev.pocketflow.functions.clerk;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.functions.clerk.Clerk.Known;
import dev.pocketflow.functions.clerk.Clerk.Next;
import dev.pocketflow.functions.clerk.Salesperson.Decision;

/** Looks an order up, or answers; after three notes, it gives up. */
class ChooseOrder implements Node<Known, Decision> {
    @Inject
    Salesperson salesperson;

    @Override
    public Known prep(Store shared) {
        return Known.of(shared);
    }

    @Override
    @Retry(maxRetries = 2, delay = 1000)
    @Timeout(30_000)
    public Decision exec(Known known) {
        return salesperson.decide(known);
    }

    @Override
    public String post(Store shared, Known known, Decision decision) {
        if (decision.answer() != null) {
            shared.put(Clerk.ANSWER, decision.answer());
            return Next.ANSWERED.name();
        }
        shared.put(Clerk.ORDER, decision.order());
        return (known.notes().size() < 3 ? Next.LOOK_UP : Next.GIVEN_UP).name();
    }
}
