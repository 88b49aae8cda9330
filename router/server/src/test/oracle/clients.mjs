// Reads JSON lines {"client","url","query","variables","headers","most"} on standard input, and sends each operation
// with that client. Writes one JSON line each: the results that the client hands over, in their order, with its errors.
// `most` is how many results to wait for; without it, the client waits for the end.
import { createInterface } from 'node:readline';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { Client as UrqlClient, fetchExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { SubscriptionClient } from 'subscriptions-transport-ws';
import WebSocket from 'ws';

const ws = (url) => url.replace(/^http/, 'ws');
const plain = (error) => ({
  message: error.message,
  code: error.code,
  errors: (error.errors ?? error.graphQLErrors ?? (Array.isArray(error) ? error : [])).map(({ message, extensions }) => ({
    message,
    extensions,
  })),
});

// All clients behind one function: (request, { next, error, complete }) => stop.
const clients = {
  'apollo-defer-2022': apollo(() => new Defer20220824Handler()),
  'apollo-defer-2025': apollo(() => new GraphQL17Alpha9Handler()),
  apollo: apollo(() => undefined),
  urql: ({ url, query, variables, headers }, sink) => {
    const client = new UrqlClient({
      url,
      exchanges: [fetchExchange],
      preferGetMethod: false,
      fetchSubscriptions: true,
      fetchOptions: { headers },
    });
    const start = query.trimStart().startsWith('subscription') ? client.subscription : client.query;
    let last;
    const { unsubscribe } = start.call(client, query, variables).subscribe((result) => {
      if (result.error) sink.error(result.error);
      else {
        last = result;
        sink.next({ data: result.data, hasNext: result.hasNext });
        if (!result.hasNext) sink.complete();
      }
    });
    return unsubscribe;
  },
  'graphql-ws': ({ url, query, variables, headers }, sink) => {
    const client = createWsClient({
      url: ws(url),
      webSocketImpl: WebSocket,
      connectionParams: headers,
      retryAttempts: 0,
    });
    const stop = client.subscribe({ query, variables }, sink);
    return () => {
      stop();
      client.dispose();
    };
  },
  'graphql-sse': sse(false),
  'graphql-sse-single': sse(true),
  'legacy-ws': ({ url, query, variables, headers }, sink) => {
    const client = new SubscriptionClient(ws(url), { connectionParams: headers, reconnect: false }, WebSocket);
    client.onError(() => sink.error(new Error('the connection has an error')));
    const { unsubscribe } = client.request({ query, variables }).subscribe(sink);
    return () => {
      unsubscribe();
      client.close();
    };
  },
};

function sse(singleConnection) {
  return ({ url, query, variables, headers }, sink) => {
    const client = createSseClient({ url: singleConnection ? `${url}/stream` : url, headers, singleConnection, retryAttempts: 0 });
    const stop = client.subscribe({ query, variables }, sink);
    return () => {
      stop();
      client.dispose();
    };
  };
}

function apollo(incrementalHandler) {
  return ({ url, query, variables, headers }, sink) => {
    const handler = incrementalHandler();
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([new HttpLink({ uri: url, headers })]),
      ...(handler && { incrementalHandler: handler }),
    });
    const document = gql(query);
    const subscription = query.trimStart().startsWith('subscription');
    const observable = subscription
      ? client.subscribe({ query: document, variables, fetchPolicy: 'no-cache' })
      : client.watchQuery({ query: document, variables, fetchPolicy: 'no-cache' });
    const started = observable.subscribe({
      next: ({ data, error, loading, dataState }) => {
        if (error) sink.error(error);
        else if (data) {
          sink.next({ data: structuredClone(data) });
          if (!subscription && !loading && dataState === 'complete') sink.complete();
        }
      },
      error: sink.error,
      complete: sink.complete,
    });
    return () => {
      started.unsubscribe();
      client.stop();
    };
  };
}

function run(request) {
  return new Promise((done) => {
    const results = [];
    let stop;
    let ended = false;
    const end = (result) => {
      if (ended) return;
      ended = true;
      if (result) results.push(result);
      setImmediate(() => stop?.());
      done(results);
    };
    const timeout = setTimeout(() => end({ timeout: true }), 20_000);
    stop = clients[request.client](request, {
      next: (value) => {
        if (ended) return;
        results.push(value);
        if (results.length === request.most) end();
      },
      error: (error) => end({ error: plain(error) }),
      complete: () => end({ complete: true }),
    });
    if (ended) stop?.();
    timeout.unref();
  });
}

process.on('unhandledRejection', () => {});
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const request = JSON.parse(line);
  run(request).then((results) => process.stdout.write(`${JSON.stringify({ id: request.id, results })}\n`));
}
