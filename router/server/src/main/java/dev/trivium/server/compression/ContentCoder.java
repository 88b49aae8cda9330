package dev.trivium.server.compression;

import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes one content coding. For one event loop, which keeps what is costly to make.
sealed interface ContentCoder {

    /// @return the first `length` bytes, coded
    byte[] encode(byte[] plain, int length) throws IOException;

    /// RFC 1952.
    final class GzipCoder implements ContentCoder {
        /// No name, no time, unknown system.
        private static final byte[] HEAD = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

        private static final int TRAILER = 8;

        private final Deflater deflater;
        private final CRC32 checksum = new CRC32();

        GzipCoder(int level) {
            this.deflater = new Deflater(level, true);
        }

        @Override
        public byte[] encode(byte[] plain, int length) {
            deflater.reset();
            deflater.setInput(plain, 0, length);
            deflater.finish();
            var out = Arrays.copyOf(HEAD, HEAD.length + length / 3 + 256);
            int end = HEAD.length;
            while (!deflater.finished()) {
                if (end + TRAILER >= out.length) {
                    out = Arrays.copyOf(out, 2 * out.length);
                }
                end += deflater.deflate(out, end, out.length - TRAILER - end);
            }
            checksum.reset();
            checksum.update(plain, 0, length);
            littleEndian(out, end, (int) checksum.getValue());
            littleEndian(out, end + 4, length);
            return Arrays.copyOf(out, end + TRAILER);
        }

        private static void littleEndian(byte[] out, int at, int value) {
            for (int i = 0; i < 4; i++) {
                out[at + i] = (byte) (value >> (8 * i));
            }
        }
    }

    /// RFC 7932.
    final class BrotliCoder implements ContentCoder {
        private final Encoder.Parameters parameters;

        BrotliCoder(int level) {
            this.parameters = Encoder.Parameters.create(level);
        }

        @Override
        public byte[] encode(byte[] plain, int length) throws IOException {
            return Encoder.compress(plain, 0, length, parameters);
        }
    }

    /// RFC 8878.
    final class ZstdCoder implements ContentCoder {
        private final ZstdCompressCtx context;

        ZstdCoder(int level) {
            this.context = new ZstdCompressCtx().setLevel(level);
        }

        @Override
        public byte[] encode(byte[] plain, int length) {
            var out = new byte[(int) Zstd.compressBound(length)];
            int end = context.compressByteArray(out, 0, out.length, plain, 0, length);
            return Arrays.copyOf(out, end);
        }
    }
}
