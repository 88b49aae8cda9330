import type { Fetch } from './trace';

export const NODE_WIDTH = 152;
export const NODE_HEIGHT = 78;
const GAP_X = 28;
const GAP_Y = 14;
const MARGIN = 4;

export interface Place {
  readonly fetch: Fetch;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly places: readonly Place[];
  readonly edges: readonly { readonly from: Place; readonly to: Place }[];
  readonly width: number;
  readonly height: number;
}

/// Puts a fetch right of all that it waits for, and beside those of equal depth near the rows of
/// what it waits for.
///
/// @param fetches in topological order
export function layOut(fetches: readonly Fetch[]): Layout {
  const columns: Place[][] = [];
  const places = new Map<number, Place>();
  for (const layer of layers(fetches)) {
    const x = MARGIN + columns.length * (NODE_WIDTH + GAP_X);
    const sorted = layer
      .map((fetch) => ({ fetch, row: meanRow(fetch, places) }))
      .sort((a, b) => a.row - b.row || a.fetch.id - b.fetch.id);
    const column = sorted.map(({ fetch }, row) => ({ fetch, x, y: MARGIN + row * (NODE_HEIGHT + GAP_Y) }));
    column.forEach((place) => places.set(place.fetch.id, place));
    columns.push(column);
  }
  const highest = Math.max(1, ...columns.map((column) => column.length));
  const edges = [...places.values()].flatMap((to) =>
    to.fetch.dependencies.flatMap((id) => {
      const from = places.get(id);
      return from ? [{ from, to }] : [];
    }),
  );
  return {
    places: [...places.values()],
    edges,
    width: 2 * MARGIN + columns.length * (NODE_WIDTH + GAP_X) - GAP_X,
    height: 2 * MARGIN + highest * (NODE_HEIGHT + GAP_Y) - GAP_Y,
  };
}

/// The fetches by the length of the longest path to them.
function layers(fetches: readonly Fetch[]): Fetch[][] {
  const depths = new Map<number, number>();
  const found: Fetch[][] = [];
  for (const fetch of fetches) {
    const depth = Math.max(0, ...fetch.dependencies.map((id) => (depths.get(id) ?? 0) + 1));
    depths.set(fetch.id, depth);
    (found[depth] ??= []).push(fetch);
  }
  return found;
}

function meanRow(fetch: Fetch, places: ReadonlyMap<number, Place>): number {
  const rows = fetch.dependencies.flatMap((id) => places.get(id)?.y ?? []);
  return rows.length === 0 ? 0 : rows.reduce((sum, y) => sum + y, 0) / rows.length;
}
