package dev.pocketflow.bench.peers;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.checkpoint.BaseCheckpointSaver;
import org.bsc.langgraph4j.checkpoint.Checkpoint;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.serializer.std.ObjectStreamStateSerializer;
import org.bsc.langgraph4j.state.AgentState;

/** langgraph4j's {@link MemorySaver}, with a count of the bytes that the copies of the state were made through. */
final class CountingSaver implements BaseCheckpointSaver {

    private final MemorySaver saver = new MemorySaver();
    private final Serializer serializer = new Serializer();
    private long bytes;

    /** {@return that of the graph} */
    ObjectStreamStateSerializer<AgentState> serializer() {
        return serializer;
    }

    /** {@return of all checkpoints that were ever put} */
    long bytes() {
        return bytes;
    }

    @Override
    public RunnableConfig put(RunnableConfig config, Checkpoint checkpoint) throws Exception {
        // of the state that the graph has just copied for this checkpoint
        bytes += serializer.last;
        return saver.put(config, checkpoint);
    }

    @Override
    public Collection<Checkpoint> list(RunnableConfig config) {
        return saver.list(config);
    }

    @Override
    public Optional<Checkpoint> get(RunnableConfig config) {
        return saver.get(config);
    }

    @Override
    public Tag release(RunnableConfig config) throws Exception {
        return saver.release(config);
    }

    private static final class Serializer extends ObjectStreamStateSerializer<AgentState> {

        private int last;

        private Serializer() {
            super(AgentState::new);
        }

        @Override
        public byte[] objectToBytes(AgentState state) throws IOException {
            byte[] written = super.objectToBytes(state);
            last = written.length;
            return written;
        }
    }
}
