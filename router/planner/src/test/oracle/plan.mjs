// Reads JSON lines {"supergraph"} or {"operation"} on standard input. A supergraph holds for the operations
// that follow it. For each operation writes one JSON line: {"steps","requests"} of the published planner's plan,
// or {"error"}. Deferred parts are not asked for; labels of overrides do not hold.
import { createInterface } from 'node:readline';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';

// The most requests that wait for one another, and all requests.
function size(node) {
  switch (node?.kind) {
    case 'QueryPlan':
      return size(node.node);
    case 'Fetch':
      return { steps: 1, requests: 1 };
    case 'Flatten':
      return size(node.node);
    case 'Subscription':
      return size({ kind: 'Sequence', nodes: [node.primary, ...(node.rest ? [node.rest] : [])] });
    case 'Sequence':
      return node.nodes.map(size).reduce(
        (all, one) => ({ steps: all.steps + one.steps, requests: all.requests + one.requests }),
        { steps: 0, requests: 0 },
      );
    case 'Parallel':
      return node.nodes.map(size).reduce(
        (all, one) => ({ steps: Math.max(all.steps, one.steps), requests: all.requests + one.requests }),
        { steps: 0, requests: 0 },
      );
    case 'Condition':
      return [node.ifClause, node.elseClause].map(size).reduce(
        (all, one) => ({ steps: Math.max(all.steps, one.steps), requests: all.requests + one.requests }),
        { steps: 0, requests: 0 },
      );
    default:
      return { steps: 0, requests: 0 };
  }
}

const supportedFeatures = ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;
let planner;
let schema;
let failure;
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const { supergraph, operation } = JSON.parse(line);
  if (supergraph) {
    try {
      const read = Supergraph.build(supergraph, { supportedFeatures });
      planner = new QueryPlanner(read);
      schema = read.apiSchema();
    } catch (error) {
      planner = undefined;
      failure = error;
    }
    continue;
  }
  let answer;
  try {
    if (!planner) throw failure;
    answer = size(planner.buildQueryPlan(operationFromDocument(schema, parse(operation))));
  } catch (error) {
    answer = { error: String(error?.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
