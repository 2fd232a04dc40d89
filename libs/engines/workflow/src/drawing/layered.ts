import type { Point } from './drawing.types.js';

const COLUMN_GAP = 60;
const ROW_GAP = 32;

/** A thing to be placed. */
export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Places without positions: columns from left to right, each node after all that lead to it; rows in the order of the file. Edges that would close a circle are not
 * looked at.
 */
export function layered(nodes: readonly Sized[], links: readonly { source: string; target: string }[], corner: Point): Map<string, Point> {
  const columns = columnsOf(nodes, links);
  const places = new Map<string, Point>();
  let { x } = corner;
  for (let column = 0; places.size < nodes.length; column += 1) {
    const members = nodes.filter(({ id }) => columns.get(id) === column);
    let { y } = corner;
    for (const { id, height } of members) {
      places.set(id, { x, y });
      y += height + ROW_GAP;
    }
    x += Math.max(0, ...members.map(({ width }) => width)) + COLUMN_GAP;
  }
  return places;
}

/** The longest way to each node. Nodes of circles come right after what leads to them from outside. */
function columnsOf(nodes: readonly Sized[], links: readonly { source: string; target: string }[]): Map<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  const inner = links.filter(({ source, target }) => source !== target && columns.has(source) && columns.has(target));
  const out = new Map<string, string[]>();
  const open = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { source, target } of inner) {
    out.set(source, [...(out.get(source) ?? []), target]);
    open.set(target, (open.get(target) ?? 0) + 1);
  }
  const ready = nodes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    for (const target of out.get(id) ?? []) {
      columns.set(target, Math.max(columns.get(target) ?? 0, (columns.get(id) ?? 0) + 1));
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  return columns;
}
