package dev.trivium.server.persisted;

/// A GraphQL text inside a file.
///
/// @param file its name, for people
/// @param line where the text begins in the file, from 1
/// @param column where it begins on that line, from 1
record SourceText(String file, int line, int column, String text) {

    /// A file that holds nothing else.
    SourceText(String file, String text) {
        this(file, 1, 1, text);
    }
}
