package dev.pocketflow.quarkus.internal.entry;

import java.util.Map;
import java.util.Set;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.envelope.RunIds;
import dev.pocketflow.quarkus.internal.signal.Signal;

/**
 * Parses a command to an existing run. {@code {"pocketflow": {"token": …, "signal": …, "action": …, "payload": …}}} sends a
 * signal. {@code {"pocketflow": {"cancel": <token>}}} cancels a run. Each needs a token: the id of a run grants no right to it.
 */
final class CommandParser {

    private static final Set<String> SIGNAL = Set.of("token", "signal", "action", "payload");

    private CommandParser() {
    }

    /** {@return whether the event is a command}. In an envelope the member of this name is a number. */
    static boolean is(Map<String, Object> event) {
        return event.get(EventParser.ENVELOPE) instanceof Map<?, ?>;
    }

    /** @throws BadEvent if the command is neither of the two */
    static EntryEvent input(Map<String, Object> event) {
        Map<?, ?> command = (Map<?, ?>) event.get(EventParser.ENVELOPE);
        if (event.size() > 1) {
            throw bad("is not the only member");
        }
        if (command.keySet().equals(Set.of("cancel"))) {
            String token = text(command, "cancel");
            if (RunIds.is(token)) {
                throw bad("has the id of a run in its member \"cancel\", which cannot cancel it: the token is the member "
                        + "\"cancel\" of the answer to the start event");
            }
            return new EntryEvent.CancelRun(token);
        }
        if (!SIGNAL.containsAll(command.keySet())) {
            throw bad("has an unknown member");
        }
        String action = command.get("action") == null ? null : text(command, "action");
        return new EntryEvent.SignalRun(
                new Signal(text(command, "token"), text(command, "signal"), action, command.get("payload")));
    }

    private static String text(Map<?, ?> command, String name) {
        if (command.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw bad("has no text in its member \"" + name + "\"");
    }

    private static BadEvent bad(String problem) {
        return new BadEvent(400, "the member \"pocketflow\" is an object, which means a signal or a cancellation. It " + problem
                + ". Send {\"pocketflow\": {\"token\": …, \"signal\": …, \"action\": …, \"payload\": …}}, or "
                + "{\"pocketflow\": {\"cancel\": <token>}}");
    }
}
