package dev.trivium.server.http;

import dev.trivium.server.http.Step.Next;
import dev.trivium.server.persisted.DocumentReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// All that a request says about which document it means, while it is read.
public final class NamedDocument {
    private static final int LONGEST_ID = 1_024;

    private final @Nullable String pathId;
    @Nullable String query;
    @Nullable String documentId;
    private @Nullable String hash;
    private boolean unknownVersion;

    /// @param pathId the id of the document where the path names it, or null
    NamedDocument(@Nullable String pathId) {
        this.pathId = pathId;
    }

    /// Looks for `persistedQuery: {version: 1, sha256Hash: "…"}`, and steps over the rest.
    ///
    /// @param parser at the beginning of an object; afterwards at its end
    void readExtensions(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("persistedQuery")) {
                readPersistedQuery(parser);
            } else {
                GraphQlRequestReader.skip(parser);
            }
        }
    }

    private void readPersistedQuery(JsonParser parser) {
        unknownVersion = true;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("version") && token == JsonToken.VALUE_NUMBER_INT) {
                unknownVersion = !parser.getString().equals("1");
            } else if (name.equals("sha256Hash") && token == JsonToken.VALUE_STRING) {
                hash = parser.getString();
            } else {
                GraphQlRequestReader.skip(parser);
            }
        }
    }

    /// What is meant; refused where nothing is, or too much.
    Step<DocumentReference> reference() {
        var id = pathId == null ? documentId : pathId;
        if (isTooLong(id) || isTooLong(hash)) {
            return GraphQlRequestReader.refuse("the id of the document is too long");
        }
        if (id != null) {
            var clear = query == null && (pathId == null || documentId == null);
            return clear
                    ? new Next<>(new DocumentReference.Id(id))
                    : GraphQlRequestReader.refuse("the document is named in two ways");
        }
        if (hash != null) {
            var text = query == null || query.isEmpty() ? null : query;
            return unknownVersion
                    ? GraphQlRequestReader.refuse("the version of `persistedQuery` must be 1")
                    : new Next<>(new DocumentReference.Hash(hash, text));
        }
        return query == null
                ? GraphQlRequestReader.refuse("`query` is missing")
                : new Next<>(new DocumentReference.Text(query));
    }

    private static boolean isTooLong(@Nullable String id) {
        return id != null && id.length() > LONGEST_ID;
    }
}
