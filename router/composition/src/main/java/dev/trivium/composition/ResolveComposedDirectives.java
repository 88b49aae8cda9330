package dev.trivium.composition;

import dev.trivium.supergraph.SpecUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Resolves `@composeDirective(name:)`: each names a directive of a linked specification that is to
/// be in the supergraph, in one version and under one name for all subgraphs.
final class ResolveComposedDirectives {
    private static final Set<String> OWN =
            Set.of(Links.FEDERATION, Links.LINK, Links.CORE, Links.CONNECT);

    /// What one subgraph asks for.
    private record Request(
            SubgraphSchema subgraph, Applied applied, String name, Links.Origin origin) {
        SpecUrl url() {
            return origin.feature().url();
        }
    }

    private final List<SubgraphSchema> subgraphs;
    private final ComposedDirectives composed;
    private final Report report;

    private ResolveComposedDirectives(
            List<SubgraphSchema> subgraphs, ComposedDirectives composed, Report report) {
        this.subgraphs = subgraphs;
        this.composed = composed;
        this.report = report;
    }

    static void resolve(
            List<SubgraphSchema> subgraphs, ComposedDirectives composed, Report report) {
        new ResolveComposedDirectives(subgraphs, composed, report).resolve();
    }

    private void resolve() {
        SequencedMap<String, List<Request>> byIdentity = new LinkedHashMap<>();
        for (SubgraphSchema subgraph : subgraphs) {
            for (Applied applied :
                    subgraph.model.schema.all(FederationDirective.COMPOSE_DIRECTIVE)) {
                Request request = read(subgraph, applied);
                if (request != null) {
                    byIdentity
                            .computeIfAbsent(request.url().identity(), _ -> new ArrayList<>())
                            .add(request);
                }
            }
        }
        byIdentity.values().removeIf(requests -> !sameMajorVersion(requests));
        Map<String, Request> byName = new LinkedHashMap<>();
        byIdentity.values().forEach(requests -> requests.forEach(r -> checkOrigin(r, byName)));
        byIdentity.values().forEach(this::compose);
    }

    private @Nullable Request read(SubgraphSchema subgraph, Applied applied) {
        String text = applied.text("name");
        if (text == null || text.isEmpty()) {
            error(subgraph, applied, "@%s needs a name.".formatted(applied.name()));
            return null;
        }
        if (!text.startsWith("@")) {
            error(subgraph, applied, "\"%s\" must start with \"@\".".formatted(text));
            return null;
        }
        String name = text.substring(1);
        FederationDirective known = subgraph.links.known(name);
        if (known != null && ComposedDirectives.isMergedByDefault(known)) {
            report.hint(
                    HintCode.DIRECTIVE_COMPOSITION_INFO,
                    "[%s] \"%s\" is composed without being asked for; the @%s can go."
                            .formatted(subgraph.name, text, applied.name()),
                    List.of(applied.location()));
            return null;
        }
        Links.Origin origin = subgraph.links.ofDirective(name);
        String problem = problem(subgraph, text, name, origin);
        if (problem != null || origin == null) {
            error(subgraph, applied, problem == null ? "" : problem);
            return null;
        }
        return new Request(subgraph, applied, name, origin);
    }

    private @Nullable String problem(
            SubgraphSchema subgraph, String text, String name, Links.@Nullable Origin origin) {
        boolean builtIn = SchemaModel.BUILT_IN_DIRECTIVES.contains(name);
        if (!builtIn && !subgraph.model.directives.containsKey(name)) {
            return "There is no directive \"%s\" to compose.".formatted(text);
        }
        if (builtIn || origin == null) {
            return "\"%s\" cannot be composed, for it is not of a specification that the subgraph links."
                    .formatted(text);
        }
        if (OWN.contains(origin.feature().url().identity())) {
            return "\"%s\" is a directive of federation itself, which cannot be composed."
                    .formatted(text);
        }
        for (FederationDirective used : composed.used()) {
            if (composed.name(used).equals(name)) {
                return "\"%s\" cannot be composed, for subgraph \"%s\" uses the directive of federation under that name."
                        .formatted(text, composed.firstSubgraph(used));
            }
        }
        return null;
    }

    private boolean sameMajorVersion(List<Request> requests) {
        Set<Integer> majors = new HashSet<>();
        requests.forEach(request -> majors.add(request.url().version().major()));
        if (majors.size() == 1) {
            return true;
        }
        report.error(
                CompositionCode.DIRECTIVE_COMPOSITION_ERROR,
                "Subgraphs compose directives of different major versions of \"%s\"."
                        .formatted(requests.getFirst().url().identity()),
                requests.stream().map(request -> request.applied.location()).toList());
        return false;
    }

    private void checkOrigin(Request request, Map<String, Request> byName) {
        Request other = byName.putIfAbsent(request.name, request);
        if (other != null && !other.url().identity().equals(request.url().identity())) {
            conflict(
                    other,
                    request,
                    "\"@%s\" is of \"%s\" in subgraph \"%s\", but of \"%s\" in subgraph \"%s\"."
                            .formatted(
                                    request.name,
                                    other.url().identity(),
                                    other.subgraph.name,
                                    request.url().identity(),
                                    request.subgraph.name));
        }
    }

    private void conflict(Request first, Request second, String message) {
        report.error(
                CompositionCode.DIRECTIVE_COMPOSITION_ERROR,
                message,
                List.of(first.applied.location(), second.applied.location()));
    }

    /// The definition of the newest version is taken: it must accept what older ones accept.
    private void compose(List<Request> requests) {
        SequencedMap<String, List<Request>> bySpecName = new LinkedHashMap<>();
        requests.forEach(r ->
                bySpecName.computeIfAbsent(r.origin.specName(), _ -> new ArrayList<>()).add(r));
        bySpecName.values().forEach(this::composeOne);
    }

    private void composeOne(List<Request> requests) {
        Request newest = requests.getFirst();
        Set<SubgraphSchema> composing = new HashSet<>();
        for (Request request : requests) {
            composing.add(request.subgraph);
            if (!request.name.equals(newest.name)) {
                conflict(
                        newest,
                        request,
                        "\"@%s\" of \"%s\" is \"@%s\" in subgraph \"%s\", but \"@%s\" in subgraph \"%s\"; import it under one name."
                                .formatted(
                                        newest.origin.specName(),
                                        newest.url().identity(),
                                        newest.name,
                                        newest.subgraph.name,
                                        request.name,
                                        request.subgraph.name));
                return;
            }
            if (request.url().version().isAtLeast(newest.url().version())) {
                newest = request;
            }
        }
        new HintComposedDirectives(subgraphs, report)
                .hint(
                        newest.name,
                        newest.origin,
                        composing,
                        requests.stream()
                                .map(r -> new Source<>(r.subgraph, definition(r)))
                                .toList());
        composed.add(
                newest.name,
                new ComposedDirectives.CustomDirective(
                        newest.origin.feature(),
                        newest.origin.specName(),
                        definition(newest),
                        composing));
    }

    private static DirectiveElement definition(Request request) {
        DirectiveElement definition = request.subgraph.model.directives.get(request.name);
        if (definition == null) {
            throw new IllegalStateException("not defined: @" + request.name);
        }
        return definition;
    }

    private void error(SubgraphSchema subgraph, Applied applied, String message) {
        report.error(
                CompositionCode.DIRECTIVE_COMPOSITION_ERROR,
                "[" + subgraph.name + "] " + message,
                applied.location());
    }
}
