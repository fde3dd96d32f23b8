package dev.pocketflow.quarkus.internal.entry;

import java.util.Map;
import java.util.Set;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.envelope.RunIds;
import dev.pocketflow.quarkus.internal.signal.Signal;

/**
 * What is said to a run that there is: {@code {"pocketflow": {"token": …, "signal": …, "action": …, "payload": …}}} brings a
 * signal, {@code {"pocketflow": {"cancel": <token>}}} ends a run. Each comes with a token: a run's id gives nobody a right to
 * it.
 */
final class CommandParser {

    private static final Set<String> SIGNAL = Set.of("token", "signal", "action", "payload");

    private CommandParser() {
    }

    /** {@return whether the event is one: an envelope's member of this name is a number} */
    static boolean is(Map<String, Object> event) {
        return event.get(EventParser.ENVELOPE) instanceof Map<?, ?>;
    }

    /** @throws BadEvent if it is none of the two */
    static EntryEvent input(Map<String, Object> event) {
        Map<?, ?> command = (Map<?, ?>) event.get(EventParser.ENVELOPE);
        if (event.size() > 1) {
            throw bad("stands beside other members");
        }
        if (command.keySet().equals(Set.of("cancel"))) {
            String token = text(command, "cancel");
            if (RunIds.is(token)) {
                throw bad("has the id of a run as its \"cancel\", which cancels nothing: the token stands as \"cancel\" in the "
                        + "answer to the start event");
            }
            return new EntryEvent.CancelRun(token);
        }
        if (!SIGNAL.containsAll(command.keySet())) {
            throw bad("has a member that is none of its own");
        }
        String action = command.get("action") == null ? null : text(command, "action");
        return new EntryEvent.SignalRun(
                new Signal(text(command, "token"), text(command, "signal"), action, command.get("payload")));
    }

    private static String text(Map<?, ?> command, String name) {
        if (command.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw bad("has no text as its \"" + name + "\"");
    }

    private static BadEvent bad(String problem) {
        return new BadEvent(400, "the member \"pocketflow\" is an object, and so a signal or a cancellation, and it " + problem
                + ". Send {\"pocketflow\": {\"token\": …, \"signal\": …, \"action\": …, \"payload\": …}}, or "
                + "{\"pocketflow\": {\"cancel\": <token>}}");
    }
}
