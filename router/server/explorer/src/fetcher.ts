import { createGraphiQLFetcher, isAsyncIterable } from '@graphiql/toolkit';
import type { Fetcher, FetcherParams, FetcherOpts } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import { authorization } from './login/session';
import { followTrace } from './plan/trace';
import { ENDPOINT, QUERY_PLANS } from './settings';

/// What the router may answer with; the parts of a deferred answer come as `multipart/mixed`.
const ACCEPT =
  'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9';

const SUBSCRIPTIONS = new URL(ENDPOINT);
SUBSCRIPTIONS.protocol = ENDPOINT.protocol === 'https:' ? 'wss:' : 'ws:';

/// Sends an operation: a subscription over a WebSocket, anything else by POST.
export const fetcher: Fetcher = async (params, options) => {
  const run = new Run(params);
  const send = createGraphiQLFetcher({
    url: ENDPOINT.href,
    subscriptionUrl: SUBSCRIPTIONS.href,
    headers: { accept: ACCEPT },
    fetch: (input, init) => fetch(input, { ...init, signal: run.abort.signal }),
  });
  const headers = { ...run.headers(), ...(await identity(options)), ...options?.headers };
  const result = await send(params, { ...options, headers });
  return run.followed(result as Result);
};

type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

/// The session's header, unless the tab has one of its own.
async function identity(options?: FetcherOpts): Promise<Record<string, string>> {
  const own = Object.keys(options?.headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
  return own ? {} : authorization();
}

/// One operation under way.
class Run {
  readonly abort = new AbortController();
  private readonly trace: ReturnType<typeof followTrace> | null;
  private refused = false;

  constructor({ operationName }: FetcherParams) {
    this.trace = QUERY_PLANS && operationName !== 'IntrospectionQuery' ? followTrace() : null;
  }

  headers(): Record<string, string> {
    return this.trace ? { 'trivium-trace': this.trace.id } : {};
  }

  /// Tells the plan panel when there is more to show.
  followed(result: Result): Result {
    if (!isAsyncIterable(result)) {
      this.seen(result);
      return result;
    }
    return this.parts(result[Symbol.asyncIterator]());
  }

  /// @param part undefined at the end; an array where several have come at once
  private seen(part?: ExecutionResult): void {
    this.refused ||= part !== undefined && !Array.isArray(part) && !('data' in part) && !('hasNext' in part);
    if (this.refused) {
      this.trace?.refused();
    } else {
      this.trace?.changed();
    }
  }

  /// Not a generator: to stop one would wait for the part that is under way.
  private parts(source: AsyncIterator<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
    const end = { done: true, value: undefined } as const;
    let stopped = false;
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        try {
          const next = await source.next();
          this.seen(next.value);
          return stopped ? end : next;
        } catch (failure) {
          this.trace?.changed();
          if (stopped) {
            return end;
          }
          throw failure;
        }
      },
      return: async () => {
        stopped = true;
        void source.return?.();
        this.abort.abort();
        return end;
      },
    };
  }
}
