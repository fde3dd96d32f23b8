package dev.pocketflow.quarkus.internal.json;

import java.io.ByteArrayOutputStream;

import com.fasterxml.jackson.core.util.BufferRecycler;

import dev.pocketflow.internal.json.Json;

/** A byte array that Jackson keeps for the thread. It is reused once the bytes are taken. */
public final class PooledJsonBuffer extends ByteArrayOutputStream {

    private static final int MOST = 64 * 1024;

    private final BufferRecycler recycler = Json.MAPPER.getFactory()._getBufferRecycler();

    public PooledJsonBuffer() {
        super(0);
        buf = recycler.allocByteBuffer(BufferRecycler.BYTE_WRITE_CONCAT_BUFFER);
    }

    /** {@return a copy of the bytes; nothing may be written here afterwards} */
    public byte[] taken() {
        byte[] copy = toByteArray();
        if (buf.length <= MOST) {
            recycler.releaseByteBuffer(BufferRecycler.BYTE_WRITE_CONCAT_BUFFER, buf);
        }
        recycler.releaseToPool();
        return copy;
    }
}
