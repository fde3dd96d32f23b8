package dev.pocketflow.bench.peers;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.serverlessworkflow.impl.marshaller.DefaultBufferFactory;
import io.serverlessworkflow.impl.marshaller.WorkflowBufferFactory;
import io.serverlessworkflow.impl.marshaller.WorkflowInputBuffer;
import io.serverlessworkflow.impl.marshaller.WorkflowOutputBuffer;

/** The buffers of the Serverless Workflow SDK. Counts the bytes that they write. */
final class CountingBuffers implements WorkflowBufferFactory {

    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public WorkflowInputBuffer input(InputStream in) {
        return DefaultBufferFactory.factory().input(in);
    }

    @Override
    public WorkflowOutputBuffer output(OutputStream out) {
        return DefaultBufferFactory.factory().output(new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                bytes++;
                out.write(one);
            }

            @Override
            public void write(byte[] all, int offset, int length) throws IOException {
                bytes += length;
                out.write(all, offset, length);
            }
        });
    }
}
