import { TRACES } from '../settings';
import { Store } from '../store';

/// What the router has recorded of a request: its plan, and the calls that it has made.
export interface Trace {
  readonly plan: Plan;
  /// Whether nothing follows.
  readonly complete: boolean;
  /// From the start of the execution to the end, or to now.
  readonly micros: number;
  readonly calls: readonly Call[];
  /// How many calls were made before those that are kept.
  readonly omitted: number;
  /// How many events a subscription has had.
  readonly events: number;
}

export interface Plan {
  readonly fetches: readonly Fetch[];
  readonly deferred?: readonly { readonly label?: string; readonly path: string; readonly fetches: readonly number[] }[];
}

export interface Fetch {
  readonly id: number;
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription' | 'entities';
  readonly operation: string;
  readonly variables: readonly string[];
  readonly dependencies: readonly number[];
  readonly condition?: string;
  readonly entities?: readonly EntityGroup[];
}

export interface EntityGroup {
  readonly paths: readonly string[];
  readonly requires: readonly { readonly types: readonly string[]; readonly typename?: string; readonly fields: string }[];
}

/// A request to a subgraph.
export interface Call {
  readonly fetch: number;
  /// Which event of a subscription it was made for, from 1.
  readonly event?: number;
  readonly startMicros: number;
  /// Absent as long as the call is under way.
  readonly micros?: number;
  readonly requestBytes: number;
  readonly responseBytes?: number;
  readonly status?: number;
  /// Why there is no answer: `TIMEOUT` and the like, or `CANCELLED`.
  readonly failure?: string;
  /// Whether it waited for an equal query that was under way already.
  readonly shared?: boolean;
}

/// The trace of the last operation: null before the first, `missing` where the router has none.
export const lastTrace = new Store<Trace | 'missing' | null>(null);

let latest = '';

/// Follows an operation that is about to be sent; it becomes the last one.
export function followTrace() {
  const id = newId();
  let reading: Promise<void> | null = null;
  let again = false;
  latest = id;

  async function read(): Promise<void> {
    do {
      again = false;
      const trace = await load(id);
      if (latest !== id) {
        return;
      }
      lastTrace.write(trace);
    } while (again);
  }

  return {
    id,
    /// The operation was not executed.
    refused(): void {
      if (latest === id) {
        lastTrace.write('missing');
      }
    },
    /// There may be more to show.
    changed(): void {
      again = true;
      reading ??= read().finally(() => (reading = null));
    },
  };
}

async function load(id: string): Promise<Trace | 'missing'> {
  try {
    const response = await fetch(new URL(id, TRACES));
    return response.ok ? await response.json() : 'missing';
  } catch {
    return 'missing';
  }
}

/// (`crypto.randomUUID` is there for secure origins only.)
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
