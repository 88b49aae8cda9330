package dev.trivium.starter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32;

/// Writes and reads the cursors of one kind of list.
///
/// A cursor is Base64 of a version, the kind of list, the [Position] and a checksum. Reading
/// accepts exactly what writing produces: text that was cut or edited, a cursor of another kind of
/// list or of another version is a `BAD_USER_INPUT` of the field `after`. A cursor grants nothing:
/// whoever computes one by hand gets the page after a place of their choosing, filtered as any
/// other.
public final class Cursors {
    private static final int VERSION = 1;
    private static final int LONGEST = 512;

    private final String kind;

    /// @param kind a stable name of the list and its order, for example `events.byStart`
    public Cursors(String kind) {
        this.kind = kind;
    }

    public String write(Position position) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(kind);
            out.writeLong(position.at().toEpochMilli());
            out.writeUTF(position.id());
            out.writeInt(checksum(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    public Position read(String cursor) {
        if (cursor.length() > LONGEST) {
            throw invalid();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (in.readByte() != VERSION || !in.readUTF().equals(kind)) {
                throw invalid();
            }
            var position = new Position(Instant.ofEpochMilli(in.readLong()), in.readUTF());
            if (!write(position).equals(cursor)) {
                throw invalid();
            }
            return position;
        } catch (IllegalArgumentException | IOException e) {
            throw invalid();
        }
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ProblemException invalid() {
        return ProblemException.badUserInput("after", "This is not a cursor of this list.");
    }
}
