package dev.trivium.server.persisted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.language.Issue;
import dev.trivium.language.OperationType;
import dev.trivium.language.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    @TempDir private Path folder;

    @Test
    void readsApollosFormat() throws IOException {
        write(
                "manifest.json",
                """
                {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
                  {"id": "1", "name": "A", "type": "query", "body": "query A { a }"},
                  {"id": "1", "name": "A", "type": "query", "body": "query A { a b }", "clientName": "web"},
                  {"id": "2", "name": "B", "type": "mutation", "body": "mutation B { b }",
                   "rest": {"method": "post", "path": "/b", "status": 201}}]}
                """);
        var manifest = read("manifest.json");

        assertThat(text(manifest.find("1", null))).isEqualTo("query A { a }");
        assertThat(text(manifest.find("1", "ios"))).isEqualTo("query A { a }");
        assertThat(text(manifest.find("1", "web"))).isEqualTo("query A { a b }");
        assertThat(manifest.find("3", null)).isNull();
        var mutation = manifest.documents().getLast();
        assertThat(mutation.type()).isEqualTo(OperationType.MUTATION);
        assertThat(mutation.rest()).isEqualTo(new RestAnnotation("POST", "/b", 201));
    }

    @Test
    void readsMapsOfRelay() throws IOException {
        write("map.json", "{\"5d41\": \"query A { a }\", \"7d79\": \"query B { b }\"}");
        assertThat(text(read("map.json").find("7d79", null))).isEqualTo("query B { b }");
    }

    /// The id is what `sha256sum` says of a file that is written as the printer does.
    @Test
    void readsFoldersWithSharedFragments() throws IOException {
        write("ops/deep/a.graphql", "query A {\n  a\n}\n");
        write("ops/b.gql", "query B @rest(path: \"/b/{id}\") { b { ...Parts } }");
        write(
                "ops/fragments.graphql",
                "fragment Parts on B { c ...More } fragment More on B { d }");
        write("ops/readme.md", "{");
        write("ops/.hidden/x.graphql", "{");
        var manifest = read("ops");

        assertThat(manifest.documents())
                .extracting(TrustedDocument::name)
                .containsExactly("A", "B");
        assertThat(manifest.documents().getFirst().id())
                .isEqualTo(Sha256.hex("query A {\n  a\n}\n"));
        var b = manifest.documents().getLast();
        assertThat(b.canonical())
                .isEqualTo(
                        "fragment More on B{d}\nfragment Parts on B{c...More}\nquery B{b{...Parts}}");
        assertThat(b.rest()).isEqualTo(new RestAnnotation("GET", "/b/{id}", 200));
    }

    @Test
    void whatIsWrittenCanBeRead() throws IOException {
        write("ops/a.graphql", "query A @rest(path: \"/a\") { a } query B { b }");
        var documents = read("ops").documents();
        write("apollo.json", ManifestWriter.apollo(documents.reversed()));
        write("relay.json", ManifestWriter.relay(documents));

        assertThat(read("apollo.json").documents()).isEqualTo(documents);
        assertThat(read("relay.json").find(documents.getFirst().id(), null)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {                                                    | INVALID_MANIFEST
                    []                                                   | INVALID_MANIFEST
                    {"format": "other"}                                  | INVALID_MANIFEST
                    {"format": "apollo-persisted-query-manifest", "version": 2, "operations": []} | INVALID_MANIFEST
                    {"format": "apollo-persisted-query-manifest", "version": 1} | INVALID_MANIFEST
                    {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "1"}]} | INVALID_MANIFEST
                    {"1": 2}                                             | INVALID_MANIFEST
                    {"1": "query {"}                                     | GRAPHQL_PARSE_FAILED
                    {"1": "query A { a } query B { b }"}                 | INVALID_PERSISTED_DOCUMENT
                    {"1": "fragment A on B { a }"}                       | INVALID_PERSISTED_DOCUMENT
                    {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "1", "body": "{a}"}, {"id": "1", "body": "{b}"}]} | DUPLICATE_PERSISTED_ID
                    {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "1", "body": "{a}", "rest": {"path": "a"}}]} | INVALID_REST_ANNOTATION
                    """)
    void saysWhatIsWrongWithAFile(String json, String code) throws IOException {
        write("manifest.json", json);
        assertThat(issues("manifest.json")).extracting(Issue::code).containsExactly(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    query A { ...B }                          | UNKNOWN_FRAGMENT | 1 | 11
                    { a }                                     | ANONYMOUS_OPERATION | 1 | 1
                    query A { a } query A { b }               | DUPLICATE_OPERATION | 1 | 1
                    type A { a: Int }                         | GRAPHQL_PARSE_FAILED | 1 | 1
                    query A @rest(path: "a") { a }            | INVALID_REST_ANNOTATION | 1 | 9
                    query A @rest(path: "/a", x: 1) { a }     | INVALID_REST_ANNOTATION | 1 | 9
                    query A @rest(path: "/a", status: "x") { a } | INVALID_REST_ANNOTATION | 1 | 9
                    query A @rest(path: "/a", method: TRACE) { a } | INVALID_REST_ANNOTATION | 1 | 9
                    """)
    void saysWhereAFolderIsWrong(String text, String code, int line, int column)
            throws IOException {
        write("ops/a.graphql", "query Other {\n  a\n}\n");
        write("ops/b.graphql", text);
        var issue = issues("ops").getFirst();
        assertThat(issue.code()).isEqualTo(code);
        var at = issue.locations().getFirst();
        assertThat(at.source()).endsWith("b.graphql");
        assertThat(at.line()).isEqualTo(line);
        assertThat(at.column()).isEqualTo(column);
    }

    @Test
    void aMissingFileIsAnIssue() {
        assertThat(issues("nowhere.json"))
                .extracting(Issue::code)
                .containsExactly(ManifestReader.UNREADABLE);
    }

    private static @Nullable String text(@Nullable TrustedDocument document) {
        return document == null ? null : document.text();
    }

    private Manifest read(String name) {
        var read = ManifestReader.read(List.of(folder.resolve(name)));
        assertThat(read).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<Manifest>) read).value();
    }

    private List<Issue> issues(String name) {
        var read = ManifestReader.read(List.of(folder.resolve(name)));
        assertThat(read).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected<Manifest>) read).issues();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
