package dev.pocketflow.quarkus.internal.claimcheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.HandOverConfig;

/** A directory with one subdirectory for each run. A part exists as a whole or not at all: see {@link AtomicFiles}. */
public final class DirectoryClaimCheck implements ClaimCheck {

    private final Path base;
    private final AtomicFiles files;

    /** @throws IllegalArgumentException if no directory is configured */
    public DirectoryClaimCheck(HandOverConfig.Claims config) {
        this.base = config.directory().orElseThrow(
                () -> new IllegalArgumentException("quarkus.pocketflow.claim-check.directory must be set")).toAbsolutePath()
                .normalize();
        this.files = new AtomicFiles(base);
    }

    @Override
    public String write(String run, String name, byte[] body) {
        String reference = ClaimCheckReference.of(run, name);
        try {
            files.write(base.resolve(reference), body);
            return reference;
        } catch (IOException e) {
            throw failed(reference, "written to", e, "Check that there is free space and that this function may write there");
        }
    }

    @Override
    public byte[] read(String reference, long most) {
        Path file = base.resolve(ClaimCheckReference.checked(reference)); // this check keeps it inside the directory
        byte[] body;
        try (InputStream in = files.read(file)) {
            body = ClaimCheckReference.atMost(in, most);
        } catch (NoSuchFileException e) {
            throw failed(reference, "found in", e,
                    "It is deleted when the run ends; otherwise check that all functions of the run share it");
        } catch (IOException e) {
            throw failed(reference, "read from", e, "Check that this function may read it");
        }
        if (body == null) {
            throw failed(reference, "read from", null, "It has more than the " + most + " bytes it may have");
        }
        return body;
    }

    @Override
    public void delete(String run) {
        Path directory = base.resolve(ClaimCheckReference.part(run));
        try {
            files.delete(directory);
        } catch (NoSuchFileException e) {
            return; // nothing was stored, or somebody else deleted it
        } catch (IOException | DirectoryIteratorException e) {
            throw failed(run, "deleted from", e, "Delete the directory of the run");
        }
    }

    /** Callers see the message: it names the key and not the path. */
    private HandOverFailed failed(String claim, String what, Exception e, String wayOut) {
        return new HandOverFailed("the claim " + claim + " was not " + what + " quarkus.pocketflow.claim-check.directory"
                + (e == null ? "" : ": " + e.getClass().getSimpleName()) + ". " + wayOut, e);
    }
}
