package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.pocketflow.quarkus.HandOverFailed;

/**
 * A directory with a file for each failed run and hop, {@code <run>.<hop>.json}: the envelope. The latest replaces the others.
 */
final class DirectoryPark implements Park {

    private final Path base;
    private final WholeFiles files;

    /** @throws IllegalArgumentException if the directory cannot be made, or written to */
    DirectoryPark(Path directory) {
        this.base = directory.toAbsolutePath().normalize();
        this.files = new WholeFiles(base);
        try {
            files.directory(base);
        } catch (IOException e) {
            throw new IllegalArgumentException("pocketflow.park.directory cannot be made: " + base + " ("
                    + e.getClass().getSimpleName() + "). Name one that this function may write to", e);
        }
        if (!Files.isWritable(base)) {
            throw new IllegalArgumentException("pocketflow.park.directory cannot be written to: " + base
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
    public void park(Message parked) {
        String name = Claim.part(parked.run()) + "." + parked.hop() + ".json"; // which is what keeps it inside
        try {
            files.write(base.resolve(name), parked.envelope());
        } catch (IOException e) {
            throw new HandOverFailed(
                    "run " + parked.run() + ", hop " + parked.hop() + ", was not taken by the directory " + base
                            + ": " + e.getClass().getSimpleName()
                            + ". See that there is room, and that this function may write there",
                    e);
        }
    }
}
