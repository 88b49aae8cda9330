// Reads JSON lines {"id","subgraphs":[{"name","url","sdl"}],"apiSchema"} on standard input, composes each
// with the published npm package, and writes one JSON line each:
// {"id","supergraph","apiSchema","sameApiSchema","errors","hints","millis"}, where sameApiSchema tells
// whether the given API schema is the package's, whatever the order of its elements.
import { createInterface } from 'node:readline';
import { composeServices } from '@apollo/composition';
import { printSchema } from '@apollo/federation-internals';
import { buildSchema, lexicographicSortSchema, parse, printSchema as print } from 'graphql';

const sorted = (sdl) => print(lexicographicSortSchema(buildSchema(sdl)));

function same(ours, theirs) {
  return ours != null && theirs != null && sorted(ours) === sorted(theirs);
}

const coded = ({ code, message }) => ({ code, message });

function compose(subgraphs) {
  let typeDefs;
  try {
    typeDefs = subgraphs.map(({ name, url, sdl }) => ({ name, url: url ?? '', typeDefs: parse(sdl) }));
  } catch (error) {
    return { errors: [{ code: 'INVALID_GRAPHQL', message: error.message }] };
  }
  let result;
  try {
    result = composeServices(typeDefs);
  } catch (error) {
    return { errors: [{ code: 'THROWN', message: String(error?.message ?? error) }] };
  }
  if (result.errors) {
    return {
      errors: result.errors.map((error) => ({ code: error.extensions?.code ?? 'NO_CODE', message: error.message })),
    };
  }
  return {
    supergraph: result.supergraphSdl,
    apiSchema: printSchema(result.schema.toAPISchema()),
    hints: result.hints.map((hint) => coded({ code: hint.definition.code, message: hint.message })),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const { id, subgraphs, apiSchema: ours } = JSON.parse(line);
  const start = process.hrtime.bigint();
  const { supergraph = null, apiSchema = null, errors = [], hints = [] } = compose(subgraphs);
  const millis = Number(process.hrtime.bigint() - start) / 1e6;
  const sameApiSchema = same(ours, apiSchema);
  process.stdout.write(`${JSON.stringify({ id, supergraph, apiSchema, sameApiSchema, errors, hints, millis })}\n`);
}
