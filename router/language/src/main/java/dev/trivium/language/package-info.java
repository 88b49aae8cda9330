/// GraphQL text and documents: parsing, printing and validation. The only package of the router
/// that knows graphql-java.
@NullMarked
package dev.trivium.language;

import org.jspecify.annotations.NullMarked;
