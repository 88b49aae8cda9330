package dev.trivium.composition;

import dev.trivium.language.Argument;
import dev.trivium.language.Document;
import dev.trivium.language.Outcome;
import dev.trivium.language.Parser;
import dev.trivium.language.SourceLocation;
import dev.trivium.language.Value;
import dev.trivium.supergraph.LinkedSpec;
import dev.trivium.supergraph.SpecUrl;
import dev.trivium.supergraph.SpecVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Adds the specifications that a supergraph uses, each at the version that its federation version
/// calls for: their links, directives and types.
final class AddSupergraphSpecs {
    private static final String SPECS = "https://specs.apollo.dev/";

    private static final String LINK_DEFINITIONS =
            """
            directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
            scalar link__Import
            enum link__Purpose {
              "`SECURITY` features provide metadata necessary to securely resolve fields."
              SECURITY
              "`EXECUTION` features provide metadata necessary for operation execution."
              EXECUTION
            }
            """;

    private final MergeContext context;
    private final SpecVersion federation;

    AddSupergraphSpecs(MergeContext context, SpecVersion federation) {
        this.context = context;
        this.federation = federation;
    }

    /// Adds what hides elements to a supergraph that has no such elements so far.
    static void addInaccessible(MergeContext context) {
        if (!context.composed.used().contains(FederationDirective.INACCESSIBLE)) {
            context.composed.addGenerated(FederationDirective.INACCESSIBLE);
            new AddSupergraphSpecs(context, FederationSpec.NEWEST).linkInaccessible();
        }
    }

    void add() {
        List<Applied> own = List.copyOf(context.merged.schema.directives);
        context.merged.schema.directives.clear();
        link("link", new SpecVersion(1, 0), null, List.of());
        link("join", context.join.version(), "EXECUTION", List.of());
        define(LINK_DEFINITIONS);
        define(context.join.definitions());
        addGraphs();
        addFederationDirectives();
        addCarried();
        addCustomDirectives();
        context.merged.schema.directives.addAll(own);
    }

    private void addGraphs() {
        var graphs = new TypeElement(TypeElement.Kind.ENUM, "join__Graph", SourceLocation.NONE);
        for (SubgraphSchema subgraph : context.subgraphs) {
            var value =
                    new EnumValueElement(
                            graphs,
                            context.join.graph(subgraph),
                            Block.GENERATED,
                            SourceLocation.NONE);
            List<Argument> arguments = new ArrayList<>();
            JoinSpec.addText(arguments, "name", subgraph.name);
            JoinSpec.addText(arguments, "url", subgraph.url);
            value.directives.add(JoinSpec.join("graph", arguments));
            graphs.values.put(value.name, value);
        }
        context.merged.types.put(graphs.name, graphs);
    }

    private void addFederationDirectives() {
        boolean costLinked = false;
        for (FederationDirective directive : context.composed.used()) {
            switch (directive) {
                case COST, LIST_SIZE -> {
                    if (!costLinked) {
                        linkCost();
                        costLinked = true;
                    }
                }
                case CONTEXT -> {
                    link(directive, "context", new SpecVersion(0, 1), "SECURITY");
                    define(directive);
                    define("scalar context__ContextFieldValue");
                    define(
                            "directive @context__fromContext(field: context__ContextFieldValue) on ARGUMENT_DEFINITION");
                }
                case TAG -> {
                    link(directive, "tag", new SpecVersion(0, 3), null);
                    define(directive);
                }
                case INACCESSIBLE -> linkInaccessible();
                case AUTHENTICATED, REQUIRES_SCOPES, POLICY -> {
                    link(directive, directive.specName(), new SpecVersion(0, 1), "SECURITY");
                    define(directive);
                }
                case KEY,
                        REQUIRES,
                        PROVIDES,
                        EXTERNAL,
                        EXTENDS,
                        SHAREABLE,
                        OVERRIDE,
                        COMPOSE_DIRECTIVE,
                        INTERFACE_OBJECT,
                        FROM_CONTEXT,
                        CACHE_TAG -> {}
            }
        }
    }

    private void linkInaccessible() {
        link(FederationDirective.INACCESSIBLE, "inaccessible", new SpecVersion(0, 2), "SECURITY");
        define(FederationDirective.INACCESSIBLE);
    }

    /// One specification with two directives, which are defined whether they are used or not.
    private void linkCost() {
        List<Value> imports = new ArrayList<>();
        for (var directive : List.of(FederationDirective.COST, FederationDirective.LIST_SIZE)) {
            String name = context.composed.name(directive);
            boolean cost = directive == FederationDirective.COST;
            if (!context.composed.used().contains(directive)) {
                define(directive, cost ? name : "cost__listSize");
                continue;
            }
            define(directive, name);
            if (!cost || !name.equals("cost")) {
                imports.add(imported(directive.specName(), name));
            }
        }
        link("cost", new SpecVersion(0, 1), null, imports);
    }

    /// A directive has the name of its specification there, or is imported under another.
    private void link(
            FederationDirective directive,
            String spec,
            SpecVersion version,
            @Nullable String purpose) {
        String name = context.composed.name(directive);
        link(
                spec,
                version,
                purpose,
                name.equals(spec) ? List.of() : List.of(imported(directive.specName(), name)));
    }

    private static Value imported(String specName, String name) {
        if (specName.equals(name)) {
            return new Value.StringValue("@" + name);
        }
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        fields.put("name", new Value.StringValue("@" + specName));
        fields.put("as", new Value.StringValue("@" + name));
        return new Value.ObjectValue(fields);
    }

    private void define(FederationDirective directive) {
        define(directive, context.composed.name(directive));
    }

    private void define(FederationDirective directive, String name) {
        UnaryOperator<String> localType = scalar -> directive.specName() + "__" + scalar;
        SpecVersion version =
                federation.isAtLeast(new SpecVersion(2, 3)) ? federation : new SpecVersion(2, 3);
        DirectiveElement definition =
                FederationSpec.definition(directive, version, name, localType);
        context.merged.directives.put(definition.name, definition);
        if (directive == FederationDirective.REQUIRES_SCOPES) {
            define("scalar requiresScopes__Scope");
        } else if (directive == FederationDirective.POLICY) {
            define("scalar policy__Policy");
        }
    }

    private void addCarried() {
        SpecVersion connect = null;
        for (SubgraphSchema subgraph : context.subgraphs) {
            LinkedSpec feature = subgraph.links.feature(Links.CONNECT);
            if (feature != null) {
                SpecVersion linked = feature.url().version();
                SpecVersion least = connect == null ? STABLE_CONNECT : connect;
                connect = linked.isAtLeast(least) ? linked : least;
            }
        }
        if (context.composed.used().contains(FederationDirective.CACHE_TAG)) {
            link("cacheTag", new SpecVersion(0, 1), "EXECUTION", List.of());
        }
        if (connect != null) {
            link("connect", connect, "EXECUTION", List.of());
        }
    }

    /// The newest version of the connect specification that is not a preview.
    private static final SpecVersion STABLE_CONNECT = new SpecVersion(0, 3);

    private void addCustomDirectives() {
        SequencedMap<String, List<Value>> imports = new LinkedHashMap<>();
        SequencedMap<String, SpecUrl> newest = new LinkedHashMap<>();
        context.composed
                .custom()
                .forEach((name, directive) -> {
                    SpecUrl url = directive.feature().url();
                    newest.merge(url.identity(), url, AddSupergraphSpecs::newer);
                    imports.computeIfAbsent(url.identity(), _ -> new ArrayList<>())
                            .add(imported(directive.specName(), name));
                    context.merged.directives.put(name, directive.definition());
                });
        newest.forEach((identity, url) ->
                link(url.toString(), imports.getOrDefault(identity, List.of()), null));
    }

    private static SpecUrl newer(SpecUrl one, SpecUrl other) {
        return one.version().isAtLeast(other.version()) ? one : other;
    }

    private void link(
            String spec, SpecVersion version, @Nullable String purpose, List<Value> imports) {
        link(SPECS + spec + "/" + version, imports, purpose);
    }

    private void link(String url, List<Value> imports, @Nullable String purpose) {
        List<Argument> arguments = new ArrayList<>();
        JoinSpec.addText(arguments, "url", url);
        if (purpose != null) {
            arguments.add(Applied.argument("for", new Value.EnumValue(purpose)));
        }
        if (!imports.isEmpty()) {
            arguments.add(Applied.argument("import", new Value.ListValue(imports)));
        }
        context.merged.schema.directives.add(
                new Applied("link", null, arguments, SourceLocation.NONE, Block.GENERATED));
    }

    private void define(String definitions) {
        if (!(Parser.parseSchema(definitions, null)
                instanceof Outcome.Accepted<Document>(var document))) {
            throw new IllegalStateException("cannot be parsed: " + definitions);
        }
        SchemaModel model = BuildSchema.build("supergraph", document, Links.none(), new Report());
        context.merged.directives.putAll(model.directives);
        context.merged.types.putAll(model.types);
    }
}
