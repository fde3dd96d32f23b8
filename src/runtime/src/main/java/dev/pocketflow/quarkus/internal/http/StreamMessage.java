package dev.pocketflow.quarkus.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/**
 * An event of a stream, or a comment, which keeps the connection alive.
 *
 * @param name null for a comment
 * @param json the event's data; empty for a comment
 */
public record StreamMessage(String name, byte[] json) {

    static final StreamMessage COMMENT = new StreamMessage(null, new byte[0]);
    /** The approximate memory of a message besides its bytes. */
    private static final int OVERHEAD = 48;

    /** @param skipped the number of events before it that were not sent */
    static StreamMessage of(RunEvent.StepEvent event, int skipped) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", event.run());
        data.put("sequence", event.sequence());
        if (skipped > 0) {
            data.put("skipped", skipped);
        }
        if (event instanceof RunEvent.StepFinished finished) {
            data.putAll(HopResponse.step(finished));
            return new StreamMessage("finished", HopResponse.json(data));
        }
        data.put("flow", event.flow());
        data.put("node", event.node());
        if (event instanceof RunEvent.AttemptFailed failed) {
            failed.item().ifPresent(item -> data.put("item", item));
            data.put("attempt", failed.attempt());
            data.put("error", failed.failure().getClass().getName());
            return new StreamMessage("attempt-failed", HopResponse.json(data));
        }
        if (event instanceof RunEvent.Emitted emitted) {
            emitted.item().ifPresent(item -> data.put("item", item));
            data.put("value", emitted.value());
            return new StreamMessage("emitted", HopResponse.json(data));
        }
        return new StreamMessage("started", HopResponse.json(data));
    }

    /** Makes the message of the outcome. {@code skipped} is its first member if events were skipped. */
    public static StreamMessage outcome(HopResponse answer, int skipped) {
        byte[] json = answer.json();
        if (skipped > 0) {
            byte[] member = ("{\"skipped\":" + skipped + ",").getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[member.length + json.length - 1];
            System.arraycopy(member, 0, all, 0, member.length);
            System.arraycopy(json, 1, all, member.length, json.length - 1);
            json = all;
        }
        return new StreamMessage("outcome", json);
    }

    /** {@return whether the event certainly has more bytes than this}. The event is not written for it. */
    static boolean isLonger(RunEvent.StepEvent event, long bytes) {
        return bytes < OVERHEAD || event instanceof RunEvent.Emitted emitted && emitted.value() instanceof CharSequence text
                && text.length() > bytes;
    }

    public boolean isComment() {
        return name == null;
    }

    int weight() {
        return json.length + OVERHEAD;
    }
}
