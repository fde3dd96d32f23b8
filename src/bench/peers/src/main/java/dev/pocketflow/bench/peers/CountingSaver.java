package dev.pocketflow.bench.peers;

import java.util.Collection;
import java.util.Optional;

import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.checkpoint.BaseCheckpointSaver;
import org.bsc.langgraph4j.checkpoint.Checkpoint;
import org.bsc.langgraph4j.checkpoint.MemorySaver;

/** langgraph4j's {@link MemorySaver}, with a count of the bytes that the copies of the state were made through. */
final class CountingSaver implements BaseCheckpointSaver {

    private final MemorySaver saver = new MemorySaver();
    private final JsonState serializer = new JsonState();
    private long bytes;

    /** {@return that of the graph} */
    JsonState serializer() {
        return serializer;
    }

    /** {@return of all checkpoints that were ever put} */
    long bytes() {
        return bytes;
    }

    @Override
    public RunnableConfig put(RunnableConfig config, Checkpoint checkpoint) throws Exception {
        // of the state that the graph has just copied for this checkpoint
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
