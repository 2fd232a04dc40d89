import { isJsonObject } from '#common';
import type { GraphDocument } from '../graph/graph-document.js';
import type { DrawnBox, DrawnEdge, Layout, Point } from './drawing.types.js';
import { layered } from './layered.js';
import { HEADER, handlesOf, heightFor, noteText, subtitleOf } from './node-facts.js';

const NODE_WIDTH = 244;
const START_SIZE = 44;
const PADDING = 24;
/** Height of a container's head, above what stands inside. Pixels. */
const CONTAINER_HEAD = 64;
/** Places further away are no places of a screen. */
const FURTHEST = 1_000_000;
const MOST_DEPTH = 20;

interface Placed {
  readonly id: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly parent: string | null;
  /** Null where the file has none. */
  readonly position: Point | null;
}

/** Puts every node and edge in its place: the stored positions, or layers from left to right where the file has none. */
export function layoutGraph(graph: GraphDocument): Layout {
  const nodes = readNodes(graph);
  const links = readLinks(graph, nodes);
  const boxes = new Map<string, DrawnBox>();
  placeInside(null, { x: 0, y: 0 }, { nodes, links, boxes, depth: 0 });
  return { boxes: [...boxes.values()], edges: links.flatMap((link) => edgeOf(link, boxes)) };
}

interface Link {
  source: string;
  target: string;
  handle: string;
}

interface Work {
  readonly nodes: ReadonlyMap<string, Placed>;
  readonly links: readonly Link[];
  readonly boxes: Map<string, DrawnBox>;
  readonly depth: number;
}

function readNodes(graph: GraphDocument): Map<string, Placed> {
  const all = new Map<string, Placed>();
  for (const raw of Array.isArray(graph.nodes) ? (graph.nodes as readonly unknown[]) : []) {
    if (!isJsonObject(raw) || typeof raw.id !== 'string' || raw.id === '') continue;
    const data = isJsonObject(raw.data) ? raw.data : {};
    all.set(raw.id, { id: raw.id, raw, data, parent: parentOf(raw, data), position: pointOf(raw.position) });
  }
  for (const [id, node] of all) if (!isInside(node, all)) all.set(id, { ...node, parent: null });
  return all;
}

function parentOf(raw: Readonly<Record<string, unknown>>, data: Readonly<Record<string, unknown>>): string | null {
  for (const id of [raw.parentId, data.isInIteration === true && data.iteration_id, data.isInLoop === true && data.loop_id])
    if (typeof id === 'string' && id !== '') return id;
  return null;
}

/** Whether the containers around a node exist and end somewhere. */
function isInside(node: Placed, all: ReadonlyMap<string, Placed>): boolean {
  let at: Placed | undefined = node;
  for (let steps = 0; at.parent !== null; steps += 1) {
    at = all.get(at.parent);
    if (at === undefined || steps > MOST_DEPTH) return false;
  }
  return true;
}

function pointOf(raw: unknown): Point | null {
  if (!isJsonObject(raw) || typeof raw.x !== 'number' || typeof raw.y !== 'number') return null;
  const { x, y } = raw;
  return Math.abs(x) <= FURTHEST && Math.abs(y) <= FURTHEST ? { x, y } : null;
}

function readLinks(graph: GraphDocument, nodes: ReadonlyMap<string, Placed>): Link[] {
  return (Array.isArray(graph.edges) ? (graph.edges as readonly unknown[]) : []).flatMap((edge) => {
    if (!isJsonObject(edge)) return [];
    const { source, target, sourceHandle: handle } = edge;
    if (typeof source !== 'string' || typeof target !== 'string' || !nodes.has(source) || !nodes.has(target)) return [];
    return [{ source, target, handle: typeof handle === 'string' && handle !== '' ? handle : 'source' }];
  });
}

/** Places what stands in a container (null: in none), `origin` being the container's corner. */
function placeInside(parent: string | null, origin: Point, work: Work): void {
  const members = [...work.nodes.values()].filter((node) => node.parent === parent);
  const places = members.every(({ position }) => position !== null) ? null : layersOf(members, parent, work);
  for (const node of members) {
    const place = places?.get(node.id) ?? (node.position as Point);
    const corner = { x: origin.x + place.x, y: origin.y + place.y };
    const box = boxOf(node, corner, work);
    // A container is put before what stands inside, and grows around it after.
    work.boxes.set(node.id, box);
    if (box.shape !== 'container') continue;
    placeInside(node.id, corner, { ...work, depth: work.depth + 1 });
    work.boxes.set(node.id, around(box, work));
  }
}

function layersOf(members: readonly Placed[], parent: string | null, work: Work): Map<string, Point> {
  const sizes = members.map((node) => {
    const { width, height } = boxOf(node, { x: 0, y: 0 }, work);
    return { id: node.id, width, height };
  });
  const corner = parent === null ? { x: 0, y: 0 } : { x: PADDING, y: CONTAINER_HEAD };
  return layered(sizes, work.links, corner);
}

function around(box: DrawnBox, { nodes, boxes }: Work): DrawnBox {
  const inside = [...boxes.values()].filter(({ id }) => nodes.get(id)?.parent === box.id);
  const right = Math.max(box.x + box.width, ...inside.map((child) => child.x + child.width + PADDING));
  const bottom = Math.max(box.y + box.height, ...inside.map((child) => child.y + child.height + PADDING));
  return { ...box, width: right - box.x, height: bottom - box.y };
}

function boxOf({ id, raw, data }: Placed, corner: Point, { nodes, depth }: Work): DrawnBox {
  const type = typeof data.type === 'string' && data.type !== '' ? data.type : 'unknown';
  const box = { id, title: typeof data.title === 'string' ? data.title : '', data, depth, ...corner };
  if (raw.type === 'custom-note')
    return {
      ...box,
      type: 'note',
      subtitle: noteText(data),
      handles: [],
      shape: 'note',
      width: size(data.width, raw.width, NODE_WIDTH),
      height: size(data.height, raw.height, 88),
    };
  if (type === 'iteration-start' || type === 'loop-start')
    return {
      ...box,
      type,
      subtitle: '',
      handles: [{ id: 'source', label: '', text: '', y: START_SIZE / 2 }],
      shape: 'start',
      width: START_SIZE,
      height: START_SIZE,
    };
  const isContainer = type === 'iteration' || type === 'loop' || [...nodes.values()].some((node) => node.parent === id);
  const handles = handlesOf(data);
  return {
    ...box,
    type,
    subtitle: subtitleOf(data),
    handles,
    shape: isContainer ? 'container' : 'node',
    width: size(raw.width, data.width, NODE_WIDTH),
    height: isContainer ? size(raw.height, data.height, CONTAINER_HEAD + HEADER) : heightFor(handles),
  };
}

function size(first: unknown, second: unknown, fallback: number): number {
  for (const value of [first, second]) if (typeof value === 'number' && value >= START_SIZE && value <= FURTHEST) return value;
  return fallback;
}

function edgeOf({ source: from, target: to, handle }: Link, boxes: ReadonlyMap<string, DrawnBox>): DrawnEdge[] {
  const source = boxes.get(from);
  const target = boxes.get(to);
  if (source === undefined || target === undefined) return [];
  const port = source.handles.find(({ id }) => id === handle) ?? source.handles[0];
  const middle = (box: DrawnBox): number => (box.shape === 'start' ? START_SIZE / 2 : HEADER / 2);
  return [
    {
      source,
      target,
      handle,
      from: { x: source.x + source.width, y: source.y + (port?.y ?? middle(source)) },
      to: { x: target.x, y: target.y + middle(target) },
    },
  ];
}
