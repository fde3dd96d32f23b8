package dev.pocketflow.quarkus.internal;

import java.util.Map;

import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;

import dev.pocketflow.Visit;

/**
 * Takes the visit along wherever contexts are propagated. SmallRye Fault Tolerance does so itself: what follows a timeout runs
 * on
 * its timer's thread.
 */
public class VisitContextProvider implements ThreadContextProvider {

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return snapshot(Visit.find().orElse(null));
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return snapshot(null);
    }

    private static ThreadContextSnapshot snapshot(Visit visit) {
        return () -> {
            Visit before = Visit.enter(visit);
            return () -> Visit.enter(before);
        };
    }

    @Override
    public String getThreadContextType() {
        return "PocketFlow visit";
    }
}
