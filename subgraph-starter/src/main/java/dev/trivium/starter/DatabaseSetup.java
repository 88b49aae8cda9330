package dev.trivium.starter;

/// Something the database must have before the service works with it: indexes, keys. Every bean of
/// this type runs at start, and again each second while the database is out of reach; the endpoint
/// answers 503 until all have succeeded. Must be repeatable and safe against another instance that
/// does the same at the same time.
@FunctionalInterface
public interface DatabaseSetup {
    void apply();
}
