package dev.pocketflow.quarkus.internal.claimcheck;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Files below a directory. A file exists as a whole or not at all. It survives a crash once it is written. Only its owner can
 * read it, if the file system knows owners. Thread-safe.
 */
public final class AtomicFiles {

    private final Path base;
    private final boolean posix;

    public AtomicFiles(Path base) {
        this.base = base;
        this.posix = base.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Creates the directory if it does not exist. The base itself may be a link, but a link inside the base is refused: it
     * would lead elsewhere.
     */
    public void directory(Path directory) throws IOException {
        Files.createDirectories(directory, only("rwx------"));
        if (!directory.equals(base)) {
            real(directory);
        }
    }

    private static void real(Path directory) throws IOException {
        if (!Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
    }

    /**
     * Opens a file in a directory of the base.
     *
     * @throws AccessDeniedException if it is not a file but a link, a pipe or the like: opening a pipe may block for ever
     */
    InputStream read(Path file) throws IOException {
        real(file.getParent());
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
            throw new AccessDeniedException(file.toString());
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes a directory of the base with all files in it. It does not follow links. */
    void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(base)) {
            if (all instanceof SecureDirectoryStream<Path> secure) { // nobody can insert a link in between
                Path name = directory.getFileName();
                try (SecureDirectoryStream<Path> files = secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    for (Path file : files) {
                        files.deleteFile(file.getFileName());
                    }
                }
                secure.deleteDirectory(name);
                return;
            }
        }
        real(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    /** @param file in the directory or in one of its subdirectories; an existing file is replaced */
    public void write(Path file, byte[] body) throws IOException {
        directory(file.getParent());
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            fill(part, body);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        keep(file.getParent());
        keep(base);
    }

    /** {@return whether the file was written; false if a file of that name exists, which stays} */
    public boolean writeNew(Path file, byte[] body) throws IOException {
        directory(file.getParent());
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            fill(part, body);
            link(part, file);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
        keep(file.getParent());
        keep(base);
        return true;
    }

    /** Links the file into place: a link never replaces an existing file, a move may. */
    private static void link(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) { // a file system without links
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
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
     * Forces the directory to disk: a new name survives a crash only then. If directories cannot be opened (Windows), the file
     * system does it.
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
}
