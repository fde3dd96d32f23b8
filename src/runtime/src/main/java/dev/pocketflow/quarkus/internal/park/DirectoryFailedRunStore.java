package dev.pocketflow.quarkus.internal.park;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.claimcheck.AtomicFiles;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheckReference;

/**
 * A directory with a file for each failed run and hop, {@code <run>.<hop>.json}: the envelope. Event sources deliver more than
 * once, so several envelopes of one hop may fail or be refused. The file holds the envelope with the most progress. Another
 * envelope that the file does not cover gets {@code <run>.<hop>.2.json}, and so on.
 */
public final class DirectoryFailedRunStore implements FailedRunStore {

    /** Locks of files belong to the process: they do not separate its threads. */
    private static final Object THREADS = new Object();

    private final Path base;
    private final AtomicFiles files;
    private final Function<byte[], ParkProgress> progress;

    /**
     * @param progress reads the progress of the run in an envelope; null if that is unknown
     * @throws IllegalArgumentException if the directory cannot be created or written to
     */
    public DirectoryFailedRunStore(Path directory, Function<byte[], ParkProgress> progress) {
        this.base = directory.toAbsolutePath().normalize();
        this.files = new AtomicFiles(base);
        this.progress = progress;
        try {
            files.directory(base);
        } catch (IOException e) {
            throw new IllegalArgumentException("quarkus.pocketflow.park.directory cannot be created: " + base + " ("
                    + e.getClass().getSimpleName() + "). Name one that this function may write to", e);
        }
        if (!Files.isWritable(base)) {
            throw new IllegalArgumentException("quarkus.pocketflow.park.directory cannot be written to: " + base
                    + ". Name one that this function may write to");
        }
    }

    @Override
    public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public String park(Message parked) {
        String name = ClaimCheckReference.part(parked.run()) + "." + parked.hop(); // this check keeps it inside the directory
        try {
            synchronized (THREADS) {
                Path file = base.resolve(name + ".json");
                for (int next = 2; !holds(file, parked); next++) {
                    file = base.resolve(name + "." + next + ".json");
                }
                return file.toString();
            }
        } catch (IOException e) {
            throw new HandOverFailed(
                    "run " + parked.run() + ", hop " + parked.hop() + ", was not stored in the directory " + base
                            + ": " + e.getClass().getSimpleName()
                            + ". Check that there is free space and that this function may write there",
                    e);
        }
    }

    /** {@return whether the file now holds this envelope, or one of the same hop with at least its progress} */
    private boolean holds(Path file, Message parked) throws IOException {
        while (!files.writeNew(file, parked.envelope())) {
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                return false;
            }
            try {
                Object before = key(file);
                try (FileChannel channel = FileChannel.open(file, Set.of(READ, WRITE, NOFOLLOW_LINKS))) {
                    channel.lock(); // another process may park the same run; closing the channel unlocks it
                    if (Objects.equals(before, key(file))) { // otherwise it was replaced before the lock
                        return holds(file, Channels.newInputStream(channel).readAllBytes(), parked);
                    }
                }
            } catch (NoSuchFileException e) {
                // somebody removed the run from here, so the name is free now
            }
        }
        return true;
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    }

    private boolean holds(Path file, byte[] there, Message parked) throws IOException {
        if (Arrays.equals(there, parked.envelope())) {
            return true;
        }
        ParkProgress before = progress.apply(there);
        ParkProgress now = progress.apply(parked.envelope());
        if (before == null || now == null) {
            return false;
        }
        if (now.replaces(before, parked.refused())) {
            files.write(file, parked.envelope());
            return true;
        }
        return now.isCovered(before);
    }
}
