import type { Call, Fetch, Trace } from './trace';

/// What came of a fetch in the last run, or in the last event of a subscription.
export interface Outcome {
  readonly calls: readonly Call[];
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'unsent';
  /// The HTTP status, or why there is none.
  readonly status: string;
  /// Where it lies between the first call and the end: from 0 to 1.
  readonly from: number;
  readonly to: number;
  readonly micros: number;
  readonly bytes: number;
}

/// @param event of a subscription that counts; 0 otherwise
export function outcome(fetch: Fetch, trace: Trace, event: number): Outcome {
  const calls = trace.calls.filter((call) => call.fetch === fetch.id && (call.event ?? 0) === event);
  const span = spanOf(trace, event);
  const length = Math.max(1, span.end - span.start);
  const start = Math.min(...calls.map((call) => call.startMicros));
  const end = Math.max(...calls.map((call) => call.startMicros + (call.micros ?? span.end - call.startMicros)));
  const answered = calls.filter((call) => call.micros !== undefined);
  const bad = calls.find((call) => call.failure !== undefined || (call.status ?? 200) >= 400);
  const shown = bad ?? answered.at(-1);
  return {
    calls,
    state: stateOf(calls, answered, trace, bad),
    status: shown?.failure ?? String(shown?.status ?? ''),
    from: calls.length ? (start - span.start) / length : 0,
    to: calls.length ? Math.min(1, (end - span.start) / length) : 0,
    micros: calls.length ? end - start : 0,
    bytes: calls.reduce((sum, call) => sum + (call.responseBytes ?? 0), 0),
  };
}

function stateOf(
  calls: readonly Call[],
  answered: readonly Call[],
  trace: Trace,
  bad: Call | undefined,
): Outcome['state'] {
  if (calls.length === 0) {
    return trace.complete ? 'unsent' : 'waiting';
  }
  if (bad) {
    return 'failed';
  }
  return answered.length < calls.length ? 'running' : 'done';
}

/// Of a subscription, the time from the event on.
function spanOf(trace: Trace, event: number): { start: number; end: number } {
  if (event === 0) {
    return { start: 0, end: trace.micros };
  }
  const calls = trace.calls.filter((call) => call.event === event);
  return {
    start: Math.min(...calls.map((call) => call.startMicros)),
    end: Math.max(...calls.map((call) => call.startMicros + (call.micros ?? 0))),
  };
}

export function time(micros: number): string {
  const millis = micros / 1000;
  if (millis >= 1000) {
    return `${(millis / 1000).toFixed(2)} s`;
  }
  return `${millis >= 10 ? Math.round(millis) : millis.toFixed(1)} ms`;
}

export function size(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} B`;
  }
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
