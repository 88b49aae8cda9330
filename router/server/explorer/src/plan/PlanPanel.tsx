import { parse, print } from 'graphql';
import { useState } from 'react';
import { NODE_HEIGHT, NODE_WIDTH, layOut } from './layout';
import type { Place } from './layout';
import { outcome, size, time } from './outcome';
import type { Outcome } from './outcome';
import { lastTrace } from './trace';
import type { Fetch, Trace } from './trace';

/// The query plan of the last operation as a graph, with what came of each fetch.
export function PlanPanel() {
  const trace = lastTrace.use();
  return (
    <section className="plan" aria-label="Query plan">
      <h2 className="plan-title">Query plan</h2>
      {trace === null ? (
        <p className="plan-hint">Run an operation to see how the router answers it.</p>
      ) : trace === 'missing' ? (
        <p className="plan-hint">The router has no plan of the last operation: it was refused, or is too long ago.</p>
      ) : (
        <PlanOf trace={trace} />
      )}
    </section>
  );
}

function PlanOf({ trace }: { trace: Trace }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { fetches, deferred = [] } = trace.plan;
  const later = new Set(deferred.flatMap((part) => part.fetches));
  const isSubscription = fetches[0]?.kind === 'subscription';
  // Of a subscription, what counts is the last event; before the first, nothing has happened.
  const outcomes = new Map(fetches.map((fetch) => [fetch.id, outcome(fetch, trace, isSubscription ? trace.events : 0)]));
  const selected = fetches.find((fetch) => fetch.id === chosen);
  return (
    <>
      <p className="plan-summary">{summary(trace, isSubscription)}</p>
      {fetches.length > 0 && (
        <Graph fetches={fetches} outcomes={outcomes} later={later} chosen={chosen} onChoose={setChosen} />
      )}
      {selected ? (
        <Details fetch={selected} outcome={outcomes.get(selected.id)!} later={later.has(selected.id)} />
      ) : (
        fetches.length > 0 && <p className="plan-hint">Choose a fetch to see what it asks for.</p>
      )}
    </>
  );
}

function summary(trace: Trace, isSubscription: boolean): string {
  const { fetches, deferred = [] } = trace.plan;
  if (fetches.length === 0) {
    return 'The router answers this by itself.';
  }
  const count = trace.calls.length + trace.omitted;
  const facts = [
    `${fetches.length} ${fetches.length === 1 ? 'fetch' : 'fetches'}`,
    `${count} ${count === 1 ? 'request' : 'requests'}`,
    ...(deferred.length ? [`${deferred.length} deferred`] : []),
    ...(isSubscription ? [`event ${trace.events}`] : []),
    trace.complete ? time(trace.micros) : 'under way',
  ];
  return facts.join(' · ');
}

function Graph(props: {
  fetches: readonly Fetch[];
  outcomes: ReadonlyMap<number, Outcome>;
  later: ReadonlySet<number>;
  chosen: number | null;
  onChoose: (id: number | null) => void;
}) {
  const { places, edges, width, height } = layOut(props.fetches);
  return (
    <div className="plan-scroll">
      <svg className="plan-graph" width={width} height={height} role="group" aria-label="Fetches">
        {edges.map(({ from, to }) => (
          <path key={`${from.fetch.id}-${to.fetch.id}`} className="plan-edge" d={curve(from, to)} />
        ))}
        {places.map((place) => (
          <Node
            key={place.fetch.id}
            place={place}
            outcome={props.outcomes.get(place.fetch.id)!}
            later={props.later.has(place.fetch.id)}
            chosen={props.chosen === place.fetch.id}
            onChoose={() => props.onChoose(props.chosen === place.fetch.id ? null : place.fetch.id)}
          />
        ))}
      </svg>
    </div>
  );
}

function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2];
  const bend = Math.max(20, (x2 - x1) / 2);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

const BAR_WIDTH = NODE_WIDTH - 20;

function Node(props: { place: Place; outcome: Outcome; later: boolean; chosen: boolean; onChoose: () => void }) {
  const { place, outcome } = props;
  const { fetch } = place;
  const barWidth = Math.max(3, (outcome.to - outcome.from) * BAR_WIDTH);
  const barStart = Math.min(outcome.from * BAR_WIDTH, BAR_WIDTH - barWidth);
  return (
    <g
      className={`plan-node plan-${outcome.state}${props.later ? ' plan-later' : ''}`}
      transform={`translate(${place.x} ${place.y})`}
      role="button"
      tabIndex={0}
      aria-pressed={props.chosen}
      aria-label={`Fetch ${fetch.id}: ${fetch.subgraph}, ${what(fetch)}, ${outcomeText(outcome)}`}
      data-fetch={fetch.id}
      onClick={props.onChoose}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          props.onChoose();
        }
      }}
    >
      <rect className="plan-box" width={NODE_WIDTH} height={NODE_HEIGHT} rx={8} />
      <text className="plan-subgraph" x={10} y={21}>
        {shortened(fetch.subgraph, outcome.status.length > 3 ? 7 : 13)}
      </text>
      <text className="plan-status" x={NODE_WIDTH - 10} y={21} textAnchor="end">
        {outcome.status}
      </text>
      <text className="plan-what" x={10} y={39}>
        {shortened(`${what(fetch)}${props.later ? ' · deferred' : ''}`, 23)}
      </text>
      <text className="plan-figures" x={10} y={57}>
        {outcomeText(outcome)}
      </text>
      <rect className="plan-track" x={10} y={66} width={BAR_WIDTH} height={4} rx={2} />
      {outcome.calls.length > 0 && (
        <rect className="plan-bar" x={10 + barStart} y={66} width={barWidth} height={4} rx={2} />
      )}
    </g>
  );
}

/// What a fetch asks for, in a word.
function what(fetch: Fetch): string {
  if (fetch.kind !== 'entities') {
    return fetch.kind;
  }
  const types = fetch.entities?.flatMap((group) => group.requires.flatMap((sent) => sent.typename ?? sent.types));
  return [...new Set(types)].join(', ');
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.state) {
    case 'waiting':
      return 'waits';
    case 'running':
      return 'under way';
    case 'unsent':
      return 'not sent';
    case 'failed':
    case 'done':
      return [
        ...(outcome.calls.length > 1 ? [`${outcome.calls.length} ×`] : []),
        time(outcome.micros),
        size(outcome.bytes),
        ...(outcome.calls.some((call) => call.shared) ? ['shared'] : []),
      ].join(' · ');
  }
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function Details({ fetch, outcome, later }: { fetch: Fetch; outcome: Outcome; later: boolean }) {
  const paths = [...new Set(fetch.entities?.flatMap((group) => group.paths))];
  const facts: [string, string][] = [
    ['Asks', what(fetch)],
    ...(paths.length ? [['Of the objects at', paths.join(', ')] as [string, string]] : []),
    ...(fetch.entities ?? []).flatMap((group) =>
      group.requires.map((sent): [string, string] => [`Sends of ${sent.typename ?? sent.types.join(', ')}`, sent.fields]),
    ),
    ...(fetch.dependencies.length ? [['Waits for', fetch.dependencies.map((id) => `#${id}`).join(', ')] as [string, string]] : []),
    ...(fetch.condition ? [['Only if', fetch.condition] as [string, string]] : []),
    ...(later ? [['Is', 'deferred'] as [string, string]] : []),
  ];
  return (
    <div className="plan-details">
      <h3>
        #{fetch.id} {fetch.subgraph}
      </h3>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {outcome.calls.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Start</th>
              <th>Time</th>
              <th>Sent</th>
              <th>Received</th>
              <th>Status</th>
            </tr>
          </thead>
          <tbody>
            {outcome.calls.map((call, index) => (
              <tr key={index}>
                <td>{time(call.startMicros)}</td>
                <td>{call.micros === undefined ? '…' : time(call.micros)}</td>
                <td>{size(call.requestBytes)}</td>
                <td>{call.responseBytes === undefined ? '–' : size(call.responseBytes)}</td>
                <td>
                  {call.failure ?? call.status ?? '…'}
                  {call.shared ? ' shared' : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <pre>
        <code>{print(parse(fetch.operation))}</code>
      </pre>
    </div>
  );
}

/// A node with two ways that meet again.
export function PlanIcon() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <circle cx="4" cy="10" r="2.5" />
      <circle cx="15.5" cy="4.5" r="2.5" />
      <circle cx="15.5" cy="15.5" r="2.5" />
      <path d="M6.3 9 13.2 5.6M6.3 11l6.9 3.4" />
    </svg>
  );
}
