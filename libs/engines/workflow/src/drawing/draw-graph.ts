import type { GraphDocument } from '../graph/graph-document.js';
import type { DrawnBox, DrawnEdge, DrawnState, DrawnStatus, Layout } from './drawing.types.js';
import { layoutGraph } from './layout-graph.js';
import { edgePath, ARROW } from './edge-path.js';
import { lookOf } from './node-look.js';
import { cutToWidth, svgNumber as n, svgText, textWidth, wrapped } from './svg-text.js';

/** What is drawn beside the graph itself. */
export interface DrawOptions {
  /** What has become of the nodes in a run, by node id. Nodes without a state are drawn faint when any has one. */
  states?: Readonly<Record<string, DrawnState>>;
  /** Title of the picture, for people who do not see it. */
  title?: string;
}

const MARGIN = 40;
const TEXT = '#101828';
const FAINT_TEXT = '#667085';
const LINE = '#98a2b3';
const ICON = 24;
const NOTE_FONT = 12;
const NOTE_LINE = 17;
const FONT = "Inter, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans CJK JP', sans-serif";

const STATUS: Readonly<Record<DrawnStatus, { color: string; word: string }>> = {
  waiting: { color: '#98a2b3', word: 'waiting' },
  running: { color: '#2970ff', word: 'running' },
  succeeded: { color: '#17b26a', word: 'done' },
  failed: { color: '#f04438', word: 'failed' },
  exception: { color: '#f79009', word: 'error handled' },
  retrying: { color: '#f79009', word: 'trying again' },
  paused: { color: '#875bf7', word: 'waiting for a person' },
  skipped: { color: '#d0d5dd', word: 'skipped' },
};

/**
 * Draws a graph as SVG: a box a node, coloured by kind; edges from the handles they start at; containers with what stands inside; remarks; and, for a run, what
 * has become of each node. Pure: the same graph gives the same picture. All texts are escaped; nothing in the picture can be clicked, loaded or run.
 */
export function drawGraph(graph: GraphDocument, options: DrawOptions = {}): string {
  const layout = layoutGraph(graph);
  const states = options.states ?? {};
  const containers = layout.boxes.filter(({ shape }) => shape === 'container' || shape === 'note').sort((a, b) => a.depth - b.depth);
  const others = layout.boxes.filter(({ shape }) => shape === 'node' || shape === 'start');
  const isRun = Object.keys(states).length > 0;
  const body = [
    ...containers.map((box) => drawBox(box, states, isRun)),
    ...layout.edges.map((edge) => drawEdge(edge, states)),
    ...others.map((box) => drawBox(box, states, isRun)),
  ];
  const { x, y, width, height } = bounds(layout);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${n(width)}" height="${n(height)}" viewBox="${n(x)} ${n(y)} ${n(width)} ${n(height)}" font-family="${FONT}">`,
    `<title>${svgText(options.title ?? 'Workflow')}</title>`,
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="#f2f4f7"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

function bounds({ boxes }: Layout): { x: number; y: number; width: number; height: number } {
  if (boxes.length === 0) return { x: 0, y: 0, width: 2 * MARGIN, height: 2 * MARGIN };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left - MARGIN, y: top - MARGIN, width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN };
}

type States = Readonly<Record<string, DrawnState>>;

function drawBox(box: DrawnBox, states: States, isRun: boolean): string {
  const state = Object.hasOwn(states, box.id) ? states[box.id] : undefined;
  const isFaint = isRun && box.shape !== 'note' && (state === undefined || state.status === 'skipped' || state.status === 'waiting');
  const shapes = { node: drawNode, container: drawContainer, start: drawStart, note: drawNote };
  const content = [shapes[box.shape](box, state), ...(state === undefined ? [] : [drawBadge(box, state)])];
  return `<g${isFaint ? ' opacity="0.55"' : ''}>${content.join('')}</g>`;
}

function frame(box: DrawnBox, state: DrawnState | undefined, fill: string): string {
  const stroke = state === undefined ? '#d0d5dd' : STATUS[state.status].color;
  const dashes = box.type === 'unknown' ? ' stroke-dasharray="5 4"' : '';
  return `<rect x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" rx="12" fill="${fill}" stroke="${stroke}" stroke-width="${state === undefined ? '1' : '2.5'}"${dashes}/>`;
}

function drawNode(box: DrawnBox, state: DrawnState | undefined): string {
  return [frame(box, state, '#ffffff'), drawHeader(box), ...box.handles.map((handle) => drawHandle(box, handle))].join('');
}

function drawContainer(box: DrawnBox, state: DrawnState | undefined): string {
  const { color } = lookOf(box.type);
  const tint = `<rect x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" rx="12" fill="${color}" fill-opacity="0.06"/>`;
  return [frame(box, state, '#fcfcfd'), tint, drawHeader(box), ...box.handles.map((handle) => drawHandle(box, handle))].join('');
}

function drawHeader(box: DrawnBox): string {
  const { color, glyph } = lookOf(box.type);
  const room = box.width - ICON - 36;
  const title = cutToWidth(box.title === '' ? box.type : box.title, room, 14);
  const subtitle = cutToWidth(box.subtitle === '' ? box.type : box.subtitle, room, 11);
  const [x, y] = [box.x + 12, box.y + 15];
  return [
    `<rect x="${n(x)}" y="${n(y)}" width="${ICON}" height="${ICON}" rx="7" fill="${color}"/>`,
    `<path transform="translate(${n(x + 4)} ${n(y + 4)})" d="${glyph}" fill="none" stroke="#ffffff" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<text x="${n(x + ICON + 8)}" y="${n(box.y + 25)}" font-size="14" font-weight="600" fill="${TEXT}">${svgText(title)}</text>`,
    `<text x="${n(x + ICON + 8)}" y="${n(box.y + 41)}" font-size="11" fill="${FAINT_TEXT}">${svgText(subtitle)}</text>`,
  ].join('');
}

function drawHandle(box: DrawnBox, { label, text, y }: DrawnBox['handles'][number]): string {
  const color = label === 'ON ERROR' ? '#f79009' : lookOf(box.type).color;
  const port = `<circle cx="${n(box.x + box.width)}" cy="${n(box.y + y)}" r="3.5" fill="${color}" stroke="#ffffff" stroke-width="1"/>`;
  if (label === '') return port;
  const labelWidth = textWidth(label, 10) + 8;
  const row = [
    `<text x="${n(box.x + 14)}" y="${n(box.y + y + 4)}" font-size="10" font-weight="700" fill="${color}">${svgText(label)}</text>`,
    `<text x="${n(box.x + 14 + labelWidth)}" y="${n(box.y + y + 4)}" font-size="11" fill="#344054">${svgText(cutToWidth(text, box.width - labelWidth - 30, 11))}</text>`,
  ];
  return [...row, port].join('');
}

function drawStart(box: DrawnBox, state: DrawnState | undefined): string {
  const { color, glyph } = lookOf('start');
  return [
    frame(box, state, '#ffffff'),
    `<rect x="${n(box.x + 10)}" y="${n(box.y + 10)}" width="${ICON}" height="${ICON}" rx="7" fill="${color}"/>`,
    `<path transform="translate(${n(box.x + 14)} ${n(box.y + 14)})" d="${glyph}" fill="none" stroke="#ffffff" stroke-width="1.4" stroke-linejoin="round"/>`,
  ].join('');
}

function drawNote(box: DrawnBox): string {
  const lines = wrapped(box.subtitle, box.width - 24, NOTE_FONT, Math.max(1, Math.floor((box.height - 20) / NOTE_LINE)));
  return [
    `<rect x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" rx="6" fill="#fef7c3" stroke="#fde272"/>`,
    ...lines.map(
      (line, index) =>
        `<text x="${n(box.x + 12)}" y="${n(box.y + 20 + index * NOTE_LINE)}" font-size="${String(NOTE_FONT)}" fill="#713b12">${svgText(line)}</text>`,
    ),
  ].join('');
}

function drawBadge(box: DrawnBox, { status, note }: DrawnState): string {
  const { color, word } = STATUS[status];
  const label = cutToWidth(note === undefined ? word : `${word} · ${note}`, box.width - 16, 10);
  const width = textWidth(label, 10) + 18;
  const x = box.x + box.width - width - 8;
  return [
    `<rect x="${n(x)}" y="${n(box.y - 9)}" width="${n(width)}" height="18" rx="9" fill="${color}"/>`,
    `<text x="${n(x + width / 2)}" y="${n(box.y + 3.5)}" font-size="10" font-weight="600" text-anchor="middle" fill="${status === 'skipped' ? '#344054' : '#ffffff'}">${svgText(label)}</text>`,
  ].join('');
}

function drawEdge(edge: DrawnEdge, states: States): string {
  const { to, source, target, handle } = edge;
  const state = Object.hasOwn(states, source.id) ? states[source.id] : undefined;
  const after = Object.hasOwn(states, target.id) ? states[target.id]?.status : undefined;
  const isTaken =
    state !== undefined &&
    (state.status === 'succeeded' || state.status === 'exception') &&
    (state.handle === undefined || state.handle === handle) &&
    after !== 'skipped';
  const isOpen = Object.keys(states).length === 0;
  const color = isTaken ? STATUS.succeeded.color : handle === 'fail-branch' ? '#f79009' : LINE;
  const look = isTaken ? ' stroke-width="2"' : isOpen ? ' stroke-width="1.6"' : ' stroke-width="1.4" stroke-dasharray="4 4" opacity="0.6"';
  const [x, y] = [to.x - ARROW, to.y];
  return [
    `<path d="${edgePath(edge)}" fill="none" stroke="${color}"${look}/>`,
    `<path d="M${n(x)} ${n(y - 4)}L${n(to.x - 1)} ${n(y)}L${n(x)} ${n(y + 4)}Z" fill="${color}"${isTaken || isOpen ? '' : ' opacity="0.6"'}/>`,
  ].join('');
}
