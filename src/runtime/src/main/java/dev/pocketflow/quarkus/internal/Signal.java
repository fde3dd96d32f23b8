package dev.pocketflow.quarkus.internal;

import java.util.List;

import dev.pocketflow.Envelope;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * What somebody tells a run that waits for it.
 *
 * @param token what the suspended outcome carried
 * @param name the signal's
 * @param action picks the edge; null for {@code default}
 * @param payload as JSON has it; null where there is none
 */
record Signal(String token, String name, String action, Object payload) {

    /**
     * The signal that came first stands: only the same one, delivered again, has the run go on.
     *
     * @param came the run as it waits
     * @param kept the same run, as the signal before left it
     * @throws EnvelopeRefused if that was another one
     */
    void checkFirst(Envelope came, Envelope kept) {
        List<Envelope.Frame> position = came.position();
        int step = position.get(position.size() - 1).pause().step();
        String mine = action == null || action.isEmpty() ? "default" : action;
        if (kept.path().stream().anyMatch(each -> each.sequence() == step && !mine.equals(each.action()))) {
            throw new EnvelopeRefused(Reason.USED, "the token of run " + came.run() + ", hop " + came.hop()
                    + ", was used before, with another action. Send that one again, and the run goes on with it");
        }
    }
}
