package dev.trivium.language;

import static dev.trivium.language.Outcomes.operation;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AstPrinter;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import org.junit.jupiter.api.Test;

/// graphql-java's parser as an oracle for ours.
class GraphQlJavaAgreementTest {
    private static final int SEEDS = 100;

    @Test
    void bothReadTheSameOperations() {
        for (int seed = 0; seed < SEEDS; seed++) {
            String text = Printer.compact(new RandomDocuments(seed).executable());

            assertThat(AstPrinter.printAst(GraphQlJavaDocument.of(operation(text))))
                    .as("seed %s", seed)
                    .isEqualTo(AstPrinter.printAst(oracle(text)));
        }
    }

    @Test
    void graphQlJavaReadsWhatThePrinterWrites() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Document schema = new RandomDocuments(seed).schema();
            if (schema.definitions().isEmpty()) {
                continue;
            }

            assertThat(oracle(Printer.print(schema)).getDefinitions())
                    .as("seed %s", seed)
                    .hasSameSizeAs(schema.definitions());
        }
    }

    private static graphql.language.Document oracle(String text) {
        return graphql.parser.Parser.parse(
                ParserEnvironment.newParserEnvironment()
                        .document(text)
                        .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                        .build());
    }
}
