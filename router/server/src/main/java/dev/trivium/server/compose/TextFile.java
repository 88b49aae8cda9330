package dev.trivium.server.compose;

import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/// The files that a command reads and writes. What goes wrong is said in words, not with the name
/// of an exception.
public final class TextFile {
    /// As much as is read of a server.
    static final int MAX_BYTES = (int) IntrospectSubgraph.MAX_BYTES;

    /// The code of a file that cannot be read.
    static final String UNREADABLE = "UNREADABLE";

    private TextFile() {}

    /// @param name of the file, for the issue
    static Outcome<String> read(Path file, String name) {
        try {
            return new Outcome.Accepted<>(text(file));
        } catch (IOException e) {
            return new Outcome.Rejected<>(
                    new Issue(
                            UNREADABLE,
                            "%s cannot be read: %s".formatted(name, reason(e)),
                            List.of()));
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            // Of a device, the size is known only when all is read.
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new FileSystemException(file.toString(), null, "it is larger than 16 MiB");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /// Who reads the file meanwhile sees what was there or the whole text, never a part.
    ///
    /// @throws IOException with a message for a person
    public static void write(Path file, String text) throws IOException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A terminal or a pipe takes the text; to replace it would be wrong.
                Files.writeString(file, text);
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), text);
            }
        } catch (NoSuchFileException e) {
            throw unwritable(file, "its folder does not exist", e);
        } catch (IOException e) {
            throw unwritable(file, reason(e), e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(".%s.tmp".formatted(UUID.randomUUID()));
        try {
            Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static IOException unwritable(Path file, String reason, IOException cause) {
        return new IOException("%s cannot be written: %s".formatted(file, reason), cause);
    }

    /// Why a file cannot be read.
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "permission is denied";
            case CharacterCodingException _ -> "it is not UTF-8";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            case IOException other -> other.toString();
        };
    }
}
