package dev.trivium.server.uploads;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.netty.handler.codec.http.multipart.MemoryFileUpload;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a form (`multipart/form-data`, RFC 7578) while it comes, with Netty's decoder: fields as a
/// whole, files in pieces. For one event loop.
public final class MultipartReader {
    private static final int LONGEST_PART_HEADERS = 16 * 1024;

    /// What has been read is forgotten when it is as long as this.
    private static final int FORGETS_AFTER = 64 * 1024;

    private final HttpPostMultipartRequestDecoder decoder;

    /// Is told what a form holds, in its order. What it throws, the reader throws.
    public interface Listener {
        void field(String name, String value);

        /// A file begins; its bytes follow.
        void begins(FileHeader file);

        void chunk(Buffer chunk);

        void ends();
    }

    /// What stands above a file.
    ///
    /// @param name of the part
    public record FileHeader(String name, String filename, @Nullable String contentType) {}

    /// The body is no form, or exceeds a limit.
    public static final class MalformedFormException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;
        private final boolean tooLarge;

        private MalformedFormException(String reason, boolean tooLarge, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
            this.tooLarge = tooLarge;
        }

        /// Whether a field exceeds its limit.
        public boolean isTooLarge() {
            return tooLarge;
        }

        /// For the client.
        public String reason() {
            return reason;
        }
    }

    /// @param contentType of the request, with the boundary
    /// @param longestField in bytes
    public MultipartReader(String contentType, int longestField, Listener listener)
            throws MalformedFormException {
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        if (!HttpPostRequestDecoder.isMultipart(head)) {
            throw new MalformedFormException("the content type names no boundary", false, null);
        }
        var parts = new Parts(listener);
        parts.setMaxLimit(longestField);
        decoder = new Decoder(parts, head, listener);
        decoder.setDiscardThreshold(FORGETS_AFTER);
    }

    /// Reads on.
    public void read(Buffer chunk) throws MalformedFormException {
        decode(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk.getBytes())));
    }

    /// All of the body has come.
    public void end() throws MalformedFormException {
        decode(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /// Frees what was read. Not to be called by the listener.
    public void close() {
        decoder.destroy();
    }

    private void decode(HttpContent content) throws MalformedFormException {
        try {
            decoder.offer(content);
        } catch (DecoderException | IllegalArgumentException e) {
            // Netty has no other sign of the limit that it was given.
            boolean tooLarge = e.getCause() instanceof IOException;
            var reason = tooLarge ? "a field is too large" : "the body is no form";
            throw new MalformedFormException(reason, tooLarge, e);
        }
    }

    /// Hands on what is complete, and keeps nothing.
    private static final class Decoder extends HttpPostMultipartRequestDecoder {
        private final Listener listener;

        Decoder(HttpDataFactory parts, HttpRequest head, Listener listener) {
            super(parts, head, StandardCharsets.UTF_8, -1, LONGEST_PART_HEADERS);
            this.listener = listener;
        }

        @Override
        protected void addHttpData(@Nullable InterfaceHttpData data) {
            if (data instanceof Attribute field) {
                try {
                    listener.field(field.getName(), field.content().toString(field.getCharset()));
                } finally {
                    field.release();
                }
            } else if (data instanceof FileUpload) {
                listener.ends();
            }
        }
    }

    private static final class Parts extends DefaultHttpDataFactory {
        private final Listener listener;

        Parts(Listener listener) {
            super(false);
            this.listener = listener;
        }

        @Override
        public FileUpload createFileUpload(
                HttpRequest request,
                String name,
                String filename,
                String contentType,
                @Nullable String contentTransferEncoding,
                @Nullable Charset charset,
                long size) {
            listener.begins(new FileHeader(name, filename, contentType));
            return new PassingFile(name, filename, contentType, charset, listener);
        }
    }

    /// Keeps none of its content.
    private static final class PassingFile extends MemoryFileUpload {
        private final Listener listener;

        PassingFile(
                String name,
                String filename,
                String contentType,
                @Nullable Charset charset,
                Listener listener) {
            super(name, filename, contentType, null, charset, 0);
            this.listener = listener;
        }

        @Override
        public void addContent(ByteBuf content, boolean last) {
            try {
                if (content.isReadable()) {
                    byte[] bytes = new byte[content.readableBytes()];
                    content.readBytes(bytes);
                    listener.chunk(Buffer.buffer(bytes));
                }
            } finally {
                content.release();
            }
            setCompleted(last);
        }
    }
}
