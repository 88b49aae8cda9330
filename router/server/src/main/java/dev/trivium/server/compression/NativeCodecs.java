package dev.trivium.server.compression;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.github.luben.zstd.util.Native;
import dev.trivium.server.configuration.HttpConfiguration.Coding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads the native libraries of the content codings in the background, once for the process. Until
/// one is there, or where it cannot be had, its coding is not offered.
public final class NativeCodecs {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCodecs.class);

    private static volatile boolean brotli;
    private static volatile boolean zstd;
    private static boolean started;

    private NativeCodecs() {}

    public static synchronized void load(Iterable<Coding> wanted) {
        if (started) {
            return;
        }
        started = true;
        Thread.ofPlatform().daemon().name("codecs").start(() -> wanted.forEach(NativeCodecs::load));
    }

    public static boolean has(Coding coding) {
        return switch (coding) {
            case GZIP -> true;
            case BR -> brotli;
            case ZSTD -> zstd;
        };
    }

    private static void load(Coding coding) {
        try {
            switch (coding) {
                case GZIP -> {}
                case BR -> {
                    Brotli4jLoader.ensureAvailability();
                    brotli = true;
                }
                case ZSTD -> {
                    Native.load();
                    zstd = true;
                }
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.info("Responses are not compressed with {} on this system", coding.token(), e);
        }
    }
}
