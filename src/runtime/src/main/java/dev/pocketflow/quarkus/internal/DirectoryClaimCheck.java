package dev.pocketflow.quarkus.internal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

import dev.pocketflow.quarkus.HandOver;
import dev.pocketflow.quarkus.HandOverFailed;

/**
 * A directory with one directory for each run. A file is there as a whole or not at all, survives a crash once it is written,
 * and
 * is its owner's alone where the file system knows owners.
 */
final class DirectoryClaimCheck implements ClaimCheck {

    private final Path base;
    private final boolean posix;

    /** @throws IllegalArgumentException if no directory is configured */
    DirectoryClaimCheck(HandOver.Claims config) {
        this.base = config.directory().orElseThrow(
                () -> new IllegalArgumentException("pocketflow.claim-check.directory must be set")).toAbsolutePath()
                .normalize();
        this.posix = base.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String write(String run, String name, byte[] body) {
        String reference = Claim.of(run, name);
        Path file = base.resolve(reference);
        try {
            Files.createDirectories(file.getParent(), only("rwx------"));
            Path part = file.resolveSibling("." + name + "." + UUID.randomUUID());
            try {
                fill(part, body);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            keep(file.getParent());
            keep(base);
            return reference;
        } catch (IOException e) {
            throw failed(reference, "written to", e, "See that there is room, and that this function may write there");
        }
    }

    private void fill(Path file, byte[] body) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), only("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(body);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * A new name is safe only once its directory is; where directories cannot be opened (Windows), the file system sees to it.
     */
    private void keep(Path directory) throws IOException {
        if (posix) {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] only(String permissions) {
        return posix
                ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    @Override
    public byte[] read(String reference, long most) {
        Path file = base.resolve(Claim.checked(reference)); // which is what keeps it inside
        byte[] body;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            body = Claim.atMost(in, most);
        } catch (NoSuchFileException e) {
            throw failed(reference, "found in", e,
                    "It is deleted when the run ends; otherwise, see that all functions of the run share it");
        } catch (IOException e) {
            throw failed(reference, "read from", e, "See that this function may read there");
        }
        if (body == null) {
            throw failed(reference, "read from", null, "It has more than the " + most + " bytes it may have");
        }
        return body;
    }

    @Override
    public void delete(String run) {
        Path directory = base.resolve(Claim.part(run));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException e) {
            return; // nothing was kept, or somebody else deleted it
        } catch (IOException | DirectoryIteratorException e) {
            throw failed(run, "deleted from", e, "Delete the directory of the run");
        }
    }

    private HandOverFailed failed(String claim, String what, Exception e, String wayOut) {
        return new HandOverFailed("the claim " + claim + " was not " + what + " the claim check's directory " + base
                + (e == null ? "" : ": " + e.getClass().getSimpleName()) + ". " + wayOut, e);
    }
}
