package dev.trivium.planner.proof;

import dev.trivium.language.OperationType;
import dev.trivium.language.Printer;
import dev.trivium.language.Selection;
import dev.trivium.planner.proof.Data.Thing;
import dev.trivium.supergraph.ApiSchema;
import dev.trivium.supergraph.Supergraph;
import dev.trivium.supergraph.SupergraphType.ContextArgument;
import dev.trivium.supergraph.SupergraphType.JoinField;
import dev.trivium.supergraph.SupergraphType.JoinType;
import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The services behind a supergraph, in memory, and the one service that could stand for all of
/// them; graphql-java executes all of these.
///
/// Every subscription has {@link Data#INSTANCES} events, each with data of its own.
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

    /// An object as the single service knows it.
    ///
    /// @param above the object that it was found below, or null
    private record Placed(Thing thing, @Nullable Placed above) {}

    private final SchemaView schema;
    private final Contexts contexts;
    private final Data data;
    private final Service whole;
    private final List<Service> subgraphs = new ArrayList<>();
    private final Set<String> labels;
    private Interception interception = Interception.NONE;

    /// @param labels the active labels of progressive overrides
    public Federation(Supergraph supergraph, Set<String> labels) {
        this.schema = new SchemaView(supergraph);
        this.contexts = new Contexts(schema);
        this.data = new Data(schema);
        this.labels = labels;
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

    /// Does something while the values of the services are intercepted.
    <T> T intercepted(Interception by, Supplier<T> action) {
        interception = by;
        try {
            return action.get();
        } finally {
            interception = Interception.NONE;
        }
    }

    /// The answer of the single service, errors included.
    ExecutionResult result(String operation, Map<String, @Nullable Object> variables) {
        return whole.run(operation, variables);
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

    /// The events of the single service.
    List<Map<String, @Nullable Object>> events(
            String subscription, Map<String, @Nullable Object> variables) {
        return whole.subscribe(subscription, variables);
    }

    /// The events of a subgraph.
    List<Map<String, @Nullable Object>> subscribe(
            int subgraph, String document, Map<String, @Nullable Object> variables) {
        return subgraphs.get(subgraph).subscribe(document, variables);
    }

    private String typename(Object source) {
        return switch (source) {
            case Known known -> known.typename();
            case Placed placed -> placed.thing().type();
            default -> throw new AssertionError(source);
        };
    }

    private @Nullable Object resolve(DataFetchingEnvironment environment) {
        if (environment.getSource() instanceof Placed placed) {
            return resolve(placed, environment);
        }
        return atRoot(environment, it -> resolve(new Placed(it, null), environment));
    }

    /// The value of a root field; for a subscription its events.
    private @Nullable Object atRoot(
            DataFetchingEnvironment environment, Function<Thing, @Nullable Object> resolve) {
        String root = ((GraphQLNamedType) environment.getParentType()).getName();
        if (!root.equals(schema.supergraph().rootTypes().get(OperationType.SUBSCRIPTION))) {
            return resolve.apply(new Thing(root, 0));
        }
        List<Object> events = new ArrayList<>();
        for (int number = 0; number < Data.INSTANCES; number++) {
            Object event = resolve.apply(new Thing(root, number));
            if (event != null) {
                events.add(event);
            }
        }
        return new Events<>(events);
    }

    private @Nullable Object resolve(Placed at, DataFetchingEnvironment environment) {
        String field = environment.getField().getName();
        Map<String, @Nullable Object> arguments = new TreeMap<>(environment.getArguments());
        for (ContextArgument argument : contexts.arguments(at.thing().type(), field)) {
            arguments.put(argument.name(), fromContext(at, argument));
        }
        String salt = data.salt(at.thing(), field, arguments.toString());
        return placed(value(at.thing(), field, salt, environment), at);
    }

    private @Nullable Object value(
            Thing thing, String field, String salt, DataFetchingEnvironment environment) {
        Object value = data.value(thing, field, salt);
        Spot spot = new Spot(thing.type(), thing.number(), field, salt);
        return interception.value(spot, environment, value);
    }

    private @Nullable Object fromContext(Placed at, ContextArgument argument) {
        for (Placed above = at.above(); above != null; above = above.above()) {
            String type = above.thing().type();
            if (contexts.isSetBy(type, argument)) {
                List<String> path = contexts.path(type, argument);
                return path.isEmpty() ? null : data.follow(above.thing(), path);
            }
        }
        throw new AssertionError("nothing above " + at + " sets " + argument);
    }

    private static @Nullable Object placed(@Nullable Object value, Placed above) {
        return switch (value) {
            case Thing thing -> new Placed(thing, above);
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                list.forEach(it -> result.add(placed(it, above)));
                yield result;
            }
            case null, default -> value;
        };
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
        return environment.getSource() instanceof Known source
                ? serve(subgraph, source, environment)
                : atRoot(
                        environment,
                        it ->
                                serve(
                                        subgraph,
                                        new Known(it, it.type(), null, List.of()),
                                        environment));
    }

    private @Nullable Object serve(int subgraph, Known known, DataFetchingEnvironment environment) {
        String field = environment.getField().getName();
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
        Object value = value(known.thing(), field, salt(environment) + required, environment);
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
