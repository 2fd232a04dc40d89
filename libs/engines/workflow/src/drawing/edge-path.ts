import type { DrawnEdge, Point } from './drawing.types.js';
import { svgNumber as n } from './svg-text.js';

/** Length of the arrow's head, before the box. Pixels. */
export const ARROW = 7;
/** How far an edge goes straight on before it turns back. Pixels. */
const STUB = 18;
const RADIUS = 9;
/** How far a curve keeps its direction. Pixels. */
const LONGEST_REACH = 160;

/** The way of an edge up to its arrow: a curve to the right, or around the boxes where the target stands left of the source's end. */
export function edgePath(edge: DrawnEdge): string {
  const { from } = edge;
  const to = { x: edge.to.x - ARROW, y: edge.to.y };
  if (edge.to.x < from.x) return wayBack(edge, to);
  const reach = Math.min(LONGEST_REACH, Math.max(to.x - from.x, 0) / 2);
  return `M${at(from)}C${at({ x: from.x + reach, y: from.y })} ${at({ x: to.x - reach, y: to.y })} ${at(to)}`;
}

function wayBack({ from, source, target }: DrawnEdge, to: Point): string {
  const lane = laneBetween(source, target);
  const right = from.x + STUB;
  const left = to.x - STUB;
  return rounded([from, { x: right, y: from.y }, { x: right, y: lane }, { x: left, y: lane }, { x: left, y: to.y }, to]);
}

/** A height at which nothing of the two boxes stands. */
function laneBetween(source: DrawnEdge['source'], target: DrawnEdge['target']): number {
  const [sourceEnd, targetEnd] = [source.y + source.height, target.y + target.height];
  if (target.y >= sourceEnd) return (sourceEnd + target.y) / 2;
  if (source.y >= targetEnd) return (targetEnd + source.y) / 2;
  return Math.max(sourceEnd, targetEnd) + STUB;
}

/** Straight lines with round corners. */
function rounded(points: readonly Point[]): string {
  let path = `M${at(points[0] as Point)}`;
  for (let i = 1; i < points.length - 1; i += 1) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]] as [Point, Point, Point];
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    path += `L${at(towards(corner, before, radius))}Q${at(corner)} ${at(towards(corner, after, radius))}`;
  }
  return `${path}L${at(points.at(-1) as Point)}`;
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at({ x, y }: Point): string {
  return `${n(x)} ${n(y)}`;
}
