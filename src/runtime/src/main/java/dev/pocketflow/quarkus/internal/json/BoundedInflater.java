package dev.pocketflow.quarkus.internal.json;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * DEFLATE (RFC 1951) with a size limit. jose4j has one limit for the whole process, a system property, and does not tell that
 * the limit was exceeded.
 */
public final class BoundedInflater {

    private BoundedInflater() {
    }

    public static byte[] compress(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] compressed = new byte[plain.length / 2 + 64];
            int size = deflater.deflate(compressed);
            while (!deflater.finished()) {
                compressed = Arrays.copyOf(compressed, compressed.length * 2);
                size += deflater.deflate(compressed, size, compressed.length - size);
            }
            return Arrays.copyOf(compressed, size);
        } finally {
            deflater.end();
        }
    }

    /**
     * {@return the decompressed bytes; null if there are more than the limit. It never decompresses more}
     *
     * @throws DataFormatException if {@link #compress} did not write the bytes
     */
    public static byte[] decompress(byte[] compressed, int maxBytes) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            byte[] plain = new byte[(int) Math.min(4L * compressed.length + 64, maxBytes + 1L)];
            int size = inflater.inflate(plain);
            while (!inflater.finished() && size <= maxBytes) {
                if (inflater.needsInput() || inflater.needsDictionary()) {
                    throw new DataFormatException();
                }
                plain = Arrays.copyOf(plain, (int) Math.min(2L * plain.length, maxBytes + 1L));
                size += inflater.inflate(plain, size, plain.length - size);
            }
            return size > maxBytes ? null : Arrays.copyOf(plain, size);
        } finally {
            inflater.end();
        }
    }
}
