package dev.trivium.planner.proof;

import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import dev.trivium.planner.proof.Data.Thing;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The services behind a supergraph, in memory, and the one service that could stand for all of
/// them; graphql-java executes all of these.
///
/// A subgraph fails where it is asked for what it does not serve: an external field that is not
/// provided, an entity by a key that it does not resolve, a field without what it requires, a field
/// that an override gives to another.
public final class Federation {

    /// An object as a subgraph knows it.
    ///
    /// @param typename its type there: an interface object does not know the runtime type
    /// @param sent the representation, or null
    /// @param provided external fields that can be asked for anyway
    private record Known(
            Thing thing, String typename, @Nullable Map<?, ?> sent, List<Selection> provided) {}

    private final SchemaView schema;
    private final Data data;
    private final Service whole;
    private final List<Service> subgraphs = new ArrayList<>();
    private final Set<String> labels;
    private final Contexts contexts;

    /// @param labels the active labels of progressive overrides
    public Federation(Supergraph supergraph, Set<String> labels) {
        this.schema = new SchemaView(supergraph);
        this.data = new Data(schema);
        this.labels = labels;
        this.contexts = new Contexts(schema, data);
        this.whole =
                new Service(Printer.print(ApiSchema.of(supergraph)), this::typename, this::resolve);
        for (int i = 0; i < schema.subgraphs(); i++) {
            int subgraph = i;
            subgraphs.add(
                    new Service(
                            SubgraphSchema.text(schema, i),
                            this::typename,
                            environment -> serve(subgraph, environment)));
        }
    }

    /// The answer of the single service.
    Map<String, @Nullable Object> answer(
            String operation, Map<String, @Nullable Object> variables) {
        return whole.execute(operation, variables);
    }

    /// The answer of a subgraph.
    Map<String, @Nullable Object> send(
            int subgraph, String document, Map<String, @Nullable Object> variables) {
        return subgraphs.get(subgraph).execute(document, variables);
    }

    private String typename(Object source) {
        return switch (source) {
            case Known known -> known.typename();
            case Thing thing -> thing.type();
            default -> throw new AssertionError(source);
        };
    }

    /// Every object knows those above it, which may set a context for it.
    private DataFetcherResult<Object> resolve(DataFetchingEnvironment environment) {
        Thing thing = environment.getSource() instanceof Thing source ? source : root(environment);
        String field = environment.getField().getName();
        List<Thing> above = above(environment);
        Map<String, @Nullable Object> arguments = new TreeMap<>(environment.getArguments());
        for (SchemaView.Owner owner : schema.owners(thing.type(), field)) {
            for (ContextArgument it : owner.join().contextArguments()) {
                arguments.put(it.name(), contexts.value(it, above));
            }
        }
        List<Thing> path = new ArrayList<>(above);
        path.add(thing);
        return DataFetcherResult.newResult()
                .data(data.resolve(thing, field, arguments.toString()))
                .localContext(path)
                .build();
    }

    private static List<Thing> above(DataFetchingEnvironment environment) {
        List<Thing> above = environment.getLocalContext();
        return above == null ? List.of() : above;
    }

    private static Thing root(DataFetchingEnvironment environment) {
        return new Thing(((GraphQLNamedType) environment.getParentType()).getName(), 0);
    }

    private static String salt(DataFetchingEnvironment environment) {
        return new TreeMap<>(environment.getArguments()).toString();
    }

    private @Nullable Object serve(int subgraph, DataFetchingEnvironment environment) {
        String field = environment.getField().getName();
        if (field.equals("_entities")) {
            List<?> sent = environment.getArgument("representations");
            List<Known> entities = new ArrayList<>();
            for (Object representation : sent == null ? List.of() : sent) {
                entities.add(entity(subgraph, (Map<?, ?>) representation));
            }
            return entities;
        }
        Known known =
                environment.getSource() instanceof Known source
                        ? source
                        : new Known(root(environment), root(environment).type(), null, List.of());
        return serve(subgraph, known, field, salt(environment));
    }

    private @Nullable Object serve(int subgraph, Known known, String field, String salt) {
        String where = known.typename() + "." + field;
        JoinField join = schema.join(known.typename(), field, subgraph);
        List<Selection> provided = below(known.provided(), field, known.thing().type());
        boolean isProvided = !provided.isEmpty() || provides(known, field);
        if (join == null || (join.external() && !isProvided)) {
            throw new NotServed("subgraph " + subgraph + " does not serve " + where);
        }
        if (!SchemaView.isActive(join, labels)) {
            throw new NotServed(where + " is overridden in subgraph " + subgraph);
        }
        String required = "";
        if (join.requires() != null) {
            if (known.sent() == null) {
                throw new NotServed("no representation for " + where);
            }
            required = data.project(known.sent(), Data.selections(join.requires())).toString();
        }
        if (join.provides() != null) {
            provided = new ArrayList<>(provided);
            provided.addAll(Data.selections(join.provides()));
        }
        String type = schema.typeIn(known.typename(), field, subgraph).namedType();
        Object value = data.value(known.thing(), field, salt + required);
        return known(value, subgraph, type, provided);
    }

    private @Nullable Object known(
            @Nullable Object value, int subgraph, String type, List<Selection> provided) {
        return switch (value) {
            case Thing thing -> {
                boolean hidden = schema.isInterfaceObject(type, subgraph);
                yield new Known(thing, hidden ? type : thing.type(), null, provided);
            }
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                list.forEach(it -> result.add(known(it, subgraph, type, provided)));
                yield result;
            }
            case null, default -> value;
        };
    }

    private boolean provides(Known known, String field) {
        return fields(known.provided(), known.thing().type()).stream()
                .anyMatch(it -> it.name().equals(field));
    }

    private List<Selection> below(List<Selection> provided, String field, String type) {
        return fields(provided, type).stream()
                .filter(it -> it.name().equals(field))
                .flatMap(it -> it.selections().stream())
                .toList();
    }

    private List<Selection.Field> fields(List<Selection> selections, String type) {
        List<Selection.Field> fields = new ArrayList<>();
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.Field field -> fields.add(field);
                case Selection.InlineFragment inline -> {
                    String on = inline.typeCondition();
                    if (on == null || schema.possible(on).contains(type)) {
                        fields.addAll(fields(inline.selections(), type));
                    }
                }
                case Selection.FragmentSpread _ -> throw new AssertionError("a spread");
            }
        }
        return fields;
    }

    /// Finds the object that a representation means by one of the keys that the subgraph resolves.
    private Known entity(int subgraph, Map<?, ?> sent) {
        String typename = String.valueOf(sent.get("__typename"));
        String problem = "no key of subgraph " + subgraph + " in " + sent;
        for (JoinType join : schema.keys(typename, subgraph)) {
            String key = String.valueOf(join.key());
            String wanted;
            try {
                wanted = data.project(sent, Data.selections(key)).toString();
            } catch (NotServed missing) {
                problem += "; " + missing.getMessage();
                continue;
            }
            for (String type : schema.possibleIn(typename, subgraph)) {
                for (int number = 0; number < Data.INSTANCES; number++) {
                    Thing thing = new Thing(type, number);
                    if (data.project(thing, key).toString().equals(wanted)) {
                        boolean hidden = schema.isInterfaceObject(typename, subgraph);
                        String known = hidden ? typename : thing.type();
                        return new Known(thing, known, new LinkedHashMap<>(sent), List.of());
                    }
                }
            }
            problem += "; nobody has " + wanted;
        }
        throw new NotServed(problem);
    }
}
