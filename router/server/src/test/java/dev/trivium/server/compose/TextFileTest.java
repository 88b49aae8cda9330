package dev.trivium.server.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trivium.language.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void readsUtf8() throws IOException {
        assertThat(TextFile.read(Files.writeString(folder.resolve("a"), "größer"), "a"))
                .isEqualTo(new Outcome.Accepted<>("größer"));
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xFF});
        assertThat(rejection(binary)).isEqualTo("it cannot be read: it is not UTF-8");
        assertThat(rejection(folder)).isEqualTo("it cannot be read: it is a directory");
        assertThat(rejection(folder.resolve("none")))
                .isEqualTo("it cannot be read: it does not exist");
        assertThat(rejection(binary.resolve("inside"))).containsIgnoringCase("not a directory");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileWithoutAnEndIsNotReadToItsEnd() {
        assertThat(rejection(Path.of("/dev/zero")))
                .isEqualTo("it cannot be read: it is larger than 16 MiB");
    }

    @Test
    void replacesAFileAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("out.graphql");
        TextFile.write(file, "old");
        TextFile.write(file, "new");
        assertThat(file).hasContent("new");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /// A reader that holds the old file keeps all of it: nothing is written into it.
    @Test
    void whoReadsMeanwhileSeesTheWholeOldText() throws IOException {
        Path file = Files.writeString(folder.resolve("out.graphql"), "the old text");
        try (var reader = Files.newBufferedReader(file)) {
            TextFile.write(file, "new");
            assertThat(reader.readLine()).isEqualTo("the old text");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void keepsALinkAndWhoMayRead() throws IOException {
        Path target = folder.resolve("target");
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Files.writeString(target, "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        TextFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)));
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        Path nowhere = folder.resolve("none/out.graphql");
        assertThatThrownBy(() -> TextFile.write(nowhere, ""))
                .isInstanceOf(IOException.class)
                .hasMessage(nowhere + " cannot be written: its folder does not exist");
        assertThatThrownBy(() -> TextFile.write(folder, ""))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder + " cannot be written: ")
                .hasMessageContaining("directory");
    }

    private static String rejection(Path file) {
        if (!(TextFile.read(file, "it") instanceof Outcome.Rejected<String>(var issues))) {
            throw new AssertionError("read");
        }
        assertThat(issues.getFirst().code()).isEqualTo("UNREADABLE");
        return issues.getFirst().message();
    }
}
