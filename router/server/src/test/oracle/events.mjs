// A subgraph of the published servers: graphql-ws, graphql-sse, and the callback plugin of Apollo
// Server. Each line asks for its addresses and the number of subscriptions under way.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginSubscriptionCallback } from '@apollo/server/plugin/subscriptionCallback';
import { startStandaloneServer } from '@apollo/server/standalone';
import {
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { createServer } from 'http';
import { createInterface } from 'readline';
import { WebSocketServer } from 'ws';

let open = 0;

async function* counted(values) {
  open++;
  try {
    yield* values;
  } finally {
    open--;
  }
}

async function* upTo(to) {
  for (let i = 1; i <= to; i++) {
    yield i;
  }
}

async function* afterQuiet() {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  yield 1;
}

// Ends at once when it is returned, unlike a generator that waits.
function never() {
  open++;
  let end;
  const ended = new Promise((resolve) => (end = resolve));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => ended,
    return: async () => {
      open--;
      end({ done: true, value: undefined });
      return { done: true, value: undefined };
    },
  };
}

const field = (type, subscribe, args) => ({ type, args, subscribe, resolve: (value) => value });

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { here: { type: GraphQLInt } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      count: field(GraphQLInt, (_, { to }) => counted(upTo(to)), {
        to: { type: new GraphQLNonNull(GraphQLInt) },
      }),
      late: field(GraphQLInt, () => counted(afterQuiet())),
      never: field(GraphQLInt, () => never()),
      who: field(GraphQLString, (_, __, context) => counted([`${context.who}`])),
      fails: field(GraphQLInt, () => {
        throw new Error('no such thing');
      }),
    },
  }),
});

const sse = createHandler({
  schema,
  authenticate: (request) =>
    request.headers.get('authorization') === 'Bearer bad' ? [null, { status: 401, statusText: 'Unauthorized' }] : '',
  context: (request) => ({ who: request.headers.get('authorization') }),
});
const http = createServer((request, response) => sse(request, response));
useServer(
  {
    schema,
    onConnect: ({ connectionParams }) => connectionParams?.authorization !== 'Bearer bad',
    context: ({ connectionParams, extra }) => ({
      who: `${connectionParams?.authorization} ${extra.request.headers.authorization}`,
    }),
  },
  new WebSocketServer({ server: http, path: '/ws' }),
);

const apollo = new ApolloServer({
  schema,
  plugins: [ApolloServerPluginSubscriptionCallback({ maxConsecutiveHeartbeatFailures: 1 })],
});
const { url: callback } = await startStandaloneServer(apollo, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async ({ req }) => {
    const who = req.headers.authorization;
    const extensions = { code: 'UNAUTHENTICATED', http: { status: 401 } };
    if (who === 'Bearer bad') throw new GraphQLError('who is this?', { extensions });
    return { who };
  },
});

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
while (!(await lines.next()).done) {
  const here = `http://127.0.0.1:${http.address().port}`;
  console.log(JSON.stringify({ open, ws: `${here}/ws`, sse: `${here}/sse`, callback }));
}
process.exit();
