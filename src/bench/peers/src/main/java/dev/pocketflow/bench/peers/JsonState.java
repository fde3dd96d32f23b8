package dev.pocketflow.bench.peers;

import java.io.IOException;

import org.bsc.langgraph4j.serializer.plain_text.jackson.JacksonStateSerializer;
import org.bsc.langgraph4j.state.AgentState;

/** langgraph4j's serializer by Jackson, which has to be extended to be used. */
final class JsonState extends JacksonStateSerializer<AgentState> {

    private int last;

    JsonState() {
        super(AgentState::new);
    }

    /** {@return the bytes of the state that was written last} */
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
