package dev.trivium.starter;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;

/// Answers `_service { sdl }` with the subgraph's SDL file, byte for byte. Without it, the SDL
/// would be printed from the executable schema, which holds types that frameworks add.
final class OwnSdl extends GraphQLTypeVisitorStub {
    private final String sdl;

    OwnSdl(Resource file) {
        try {
            this.sdl = file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("No schema at " + file, e);
        }
    }

    @Override
    public TraversalControl visitGraphQLObjectType(
            GraphQLObjectType type, TraverserContext<GraphQLSchemaElement> context) {
        if (type.getName().equals("_Service")) {
            DataFetcher<String> constant = environment -> sdl;
            context.getVarFromParents(GraphQLCodeRegistry.Builder.class)
                    .dataFetcher(FieldCoordinates.coordinates("_Service", "sdl"), constant);
        }
        return TraversalControl.CONTINUE;
    }
}
