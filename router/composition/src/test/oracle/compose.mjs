// Reads JSON lines {"id","subgraphs":[{"name","url","sdl"}],"supergraph","apiSchema"} on standard input,
// composes each with the published npm package, and writes one JSON line each:
// {"id","supergraph","apiSchema","sameSupergraph","sameApiSchema","errors","hints","millis"}, where the
// two flags tell whether what was given is the package's, whatever the order of its elements.
import { createInterface } from 'node:readline';
import { composeServices } from '@apollo/composition';
import { printSchema } from '@apollo/federation-internals';
import { buildSchema, lexicographicSortSchema, parse, print as printNode, printSchema as print } from 'graphql';

const sortedSchema = (sdl) => print(lexicographicSortSchema(buildSchema(sdl)));

// Sorts definitions, members, directives and arguments, but not the elements of list values.
function sortedNode(node) {
  if (Array.isArray(node)) {
    return node.map(sortedNode).sort((a, b) => (printNode(a) < printNode(b) ? -1 : 1));
  }
  if (node === null || typeof node !== 'object' || node.kind === 'ListValue') {
    return node;
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === 'loc' || key === 'block' ? undefined : sortedNode(value)]));
}

const sortedDocument = (sdl) => printNode(sortedNode(parse(sdl)));

function same(ours, theirs, sorted) {
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
  const { id, subgraphs, ...ours } = JSON.parse(line);
  const start = process.hrtime.bigint();
  const { supergraph = null, apiSchema = null, errors = [], hints = [] } = compose(subgraphs);
  const millis = Number(process.hrtime.bigint() - start) / 1e6;
  const sameSupergraph = same(ours.supergraph, supergraph, sortedDocument);
  const sameApiSchema = same(ours.apiSchema, apiSchema, sortedSchema);
  process.stdout.write(`${JSON.stringify({ id, supergraph, apiSchema, sameSupergraph, sameApiSchema, errors, hints, millis })}\n`);
}
