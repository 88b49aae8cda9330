// Reads JSON lines {"client","url","query","variables","headers","most"} on standard input, and sends each operation
// with that client. Writes one JSON line each: the results that the client hands over, in their order, with its errors.
// `most` is how many results to wait for; without it, the client waits for the end. Beside the results stands what went
// over the wire: the requests, and how many heartbeats came after the first result.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client as UrqlClient, fetchExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { SubscriptionClient } from 'subscriptions-transport-ws';
import WebSocket from 'ws';

const ws = (url) => url.replace(/^http/, 'ws');
const plain = (error) => ({
  message: error.message,
  code: error.code ?? error.extensions?.code,
  errors: (error.errors ?? error.graphQLErrors ?? (Array.isArray(error) ? error : [])).map(({ message, extensions }) => ({
    message,
    extensions,
  })),
});

// What a heartbeat is in a body: a comment of server-sent events, or an empty part.
const HEARTBEATS = /^:|\r\n\r\n\{\}/gm;

// `fetch`, watched. A client that stops cancels what is still to come of the answer: the `fetch` of Node 18 forgets its
// signal when the garbage collector runs.
const watched = (sink) => async (url, init = {}) => {
  sink.sent({ method: init.method ?? 'GET', text: /[?&]query=|"query":/.test(`${url}${init.body}`) });
  const response = await fetch(url, init);
  if (!response.ok || !response.body) return response;
  const decoder = new TextDecoder();
  const seen = new TransformStream({
    transform(chunk, controller) {
      sink.heartbeats(decoder.decode(chunk, { stream: true }).match(HEARTBEATS)?.length ?? 0);
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(seen, { signal: init.signal }), { status, statusText, headers });
};

// `WebSocket`, watched for pings, or for the messages that the legacy protocol has in their place.
const watchedSocket = (sink, legacy) =>
  class extends WebSocket {
    constructor(...options) {
      super(...options);
      if (legacy) this.on('message', (data) => sink.heartbeats(`${data}` === '{"type":"ka"}' ? 1 : 0));
      else this.on('ping', () => sink.heartbeats(1));
    }
  };

// All clients behind one function: (request, { next, error, complete, sent, heartbeats }) => stop.
const clients = {
  'apollo-defer-2022': apollo(() => new Defer20220824Handler()),
  'apollo-defer-2025': apollo(() => new GraphQL17Alpha9Handler()),
  apollo: apollo(() => undefined),
  'apollo-apq': apollo(
    () => undefined,
    [new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex'), useGETForHashedQueries: true })],
  ),
  urql: ({ url, query, variables, headers }, sink) => {
    const client = new UrqlClient({
      url,
      exchanges: [fetchExchange],
      preferGetMethod: false,
      fetchSubscriptions: true,
      fetch: watched(sink),
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
      webSocketImpl: watchedSocket(sink),
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
    const connectionCallback = (error) => error && sink.error(error);
    const options = { connectionParams: headers, connectionCallback, reconnect: false };
    const client = new SubscriptionClient(ws(url), options, watchedSocket(sink, true));
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
    const client = createSseClient({
      url: singleConnection ? `${url}/stream` : url,
      headers,
      singleConnection,
      fetchFn: watched(sink),
      retryAttempts: 0,
    });
    const stop = client.subscribe({ query, variables }, sink);
    return () => {
      stop();
      client.dispose();
    };
  };
}

function apollo(incrementalHandler, links = []) {
  return ({ url, query, variables, headers }, sink) => {
    const handler = incrementalHandler();
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([...links, new HttpLink({ uri: url, headers, fetch: watched(sink) })]),
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
    const wire = { requests: [], heartbeats: 0 };
    let stop;
    let ended = false;
    const end = (result) => {
      if (ended) return;
      ended = true;
      if (result) results.push(result);
      setImmediate(() => stop?.());
      done({ results, wire });
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
      sent: (what) => wire.requests.push(what),
      heartbeats: (count) => (wire.heartbeats += results.length > 0 ? count : 0),
    });
    if (ended) stop?.();
    timeout.unref();
  });
}

process.on('unhandledRejection', () => {});
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const request = JSON.parse(line);
  run(request).then((answer) => process.stdout.write(`${JSON.stringify({ id: request.id, ...answer })}\n`));
}
