package dev.trivium.composition;

import dev.trivium.language.Definition;
import dev.trivium.language.Directive;
import dev.trivium.language.Document;
import dev.trivium.language.Issue;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text to the schema of a subgraph: parsed, linked, completed and valid by the rules of GraphQL. A
/// stage that fails ends the reading of this subgraph; the others go on.
final class ReadSubgraph {
    private ReadSubgraph() {}

    /// @return null where the report says what is wrong
    static @Nullable SubgraphSchema read(SubgraphSource source, Report report) {
        return switch (Parser.parseSchema(source.sdl(), source.name())) {
            case Outcome.Accepted<Document>(var document) -> read(source, document, report);
            case Outcome.Rejected<Document>(var issues) -> {
                for (Issue issue : issues) {
                    report.error(
                            CompositionCode.INVALID_GRAPHQL,
                            prefix(source) + issue.message(),
                            issue.locations());
                }
                yield null;
            }
        };
    }

    private static @Nullable SubgraphSchema read(
            SubgraphSource source, Document document, Report report) {
        int before = report.errorCount();
        List<Directive> onSchema =
                document.definitions(Definition.Schema.class).stream()
                        .flatMap(schema -> schema.directives().stream())
                        .toList();
        Links links = ResolveLinks.resolve(source.name(), onSchema, report);
        if (report.errorCount() > before) {
            return null;
        }
        SchemaModel model = BuildSchema.build(source.name(), document, links, report);
        var subgraph = new SubgraphSchema(source.name(), source.url(), links, model);
        int beforeDefinitions = report.errorCount();
        AddDefinitions.add(subgraph, report);
        if (report.errorCount() > beforeDefinitions) {
            return null;
        }
        ValidateReferences.validate(prefix(source), model, report);
        if (report.errorCount() > before) {
            return null;
        }
        ValidateTypeSystem.validate(prefix(source), model, report);
        ValidateDirectives.validate(prefix(source), model, report);
        if (report.errorCount() > before) {
            return null;
        }
        RootNames.check(source.name(), document, report);
        return subgraph;
    }

    private static String prefix(SubgraphSource source) {
        return "[" + source.name() + "] ";
    }
}
