package dev.pocketflow.bench.peers;

import java.util.Collection;
import java.util.Optional;

import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.checkpoint.BaseCheckpointSaver;
import org.bsc.langgraph4j.checkpoint.Checkpoint;
import org.bsc.langgraph4j.checkpoint.MemorySaver;

/** langgraph4j's {@link MemorySaver}. Counts the bytes that each copy of the state was serialized to. */
final class CountingSaver implements BaseCheckpointSaver {

    private final MemorySaver saver = new MemorySaver();
    private final JsonState serializer = new JsonState();
    private long bytes;

    /** {@return the serializer of the graph} */
    JsonState serializer() {
        return serializer;
    }

    /** {@return the total size of all checkpoints so far} */
    long bytes() {
        return bytes;
    }

    @Override
    public RunnableConfig put(RunnableConfig config, Checkpoint checkpoint) throws Exception {
        // the size of the state that the graph has just copied for this checkpoint
        bytes += serializer.last();
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
}
