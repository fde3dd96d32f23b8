package dev.pocketflow.bench.peers;

import java.io.IOException;

import org.bsc.langgraph4j.serializer.plain_text.jackson.JacksonStateSerializer;
import org.bsc.langgraph4j.state.AgentState;

/** langgraph4j's serializer for Jackson. It can only be used through a subclass. */
final class JsonState extends JacksonStateSerializer<AgentState> {

    private int last;

    JsonState() {
        super(AgentState::new);
    }

    /** {@return the size of the last state that was written} */
    int last() {
        return last;
    }

    @Override
    public byte[] objectToBytes(AgentState state) throws IOException {
        byte[] written = super.objectToBytes(state);
        last = written.length;
        return written;
    }
}
