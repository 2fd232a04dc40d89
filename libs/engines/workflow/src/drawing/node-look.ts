/** How the nodes of a kind look. */
export interface NodeLook {
  readonly color: string;
  /** Strokes of a picture of 16 x 16 pixels. */
  readonly glyph: string;
}

const BLUE = '#2970ff';
const INDIGO = '#6172f3';
const GREEN = '#15b79e';
const CYAN = '#06aed4';
const VIOLET = '#875bf7';
const ORANGE = '#f79009';
const PINK = '#ee46bc';
const GREY = '#667085';

const PLAY = 'M5 3.5 12 8 5 12.5Z';
const FLAG = 'M4 14V2.5h8l-2 3 2 3H4';
const BUBBLE = 'M2.5 3.5h11v7h-6l-3 3v-3h-2Z';
const SPARK = 'M8 1.5 9.6 6.4 14.5 8 9.6 9.6 8 14.5 6.4 9.6 1.5 8 6.4 6.4Z';
const BOOK = 'M8 4C6.5 2.8 4.5 2.8 2.5 3v9.5c2-.2 4-.2 5.5 1 1.5-1.2 3.5-1.2 5.5-1V3C11.5 2.8 9.5 2.8 8 4v9.5';
const FORK = 'M3 8h3.5M6.5 8c2.5 0 2-4 4.5-4H13M6.5 8c2.5 0 2 4 4.5 4H13';
const CODE = 'M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4M9 3 7 13';
const PAGE = 'M4 2h5.5L12.5 5v9H4ZM6.5 7h3.5M6.5 10h3.5';
const GLOBE = 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2ZM2 8h12M8 2c-3.5 3.5-3.5 8.5 0 12 3.5-3.5 3.5-8.5 0-12';
const WRENCH = 'M10 2.5a3.5 3.5 0 0 0-3 5L2.5 12 4 13.5 8.5 9a3.5 3.5 0 0 0 5-4.5L11.5 6.5 9.5 4.5 11.5 2.5Z';
const ROUND = 'M3 8a5 5 0 0 1 9-3M13 8a5 5 0 0 1-9 3M12 2v3H9M4 14v-3h3';
const MERGE = 'M3 4c4.5 0 3 4 6.5 4H13M3 12c4.5 0 3-4 6.5-4M11 6l2 2-2 2';
const PEN = 'M3 13l.6-3L10.5 3 13 5.5 6 12.5Z';
const LIST = 'M3 4h10M3 8h7M3 12h4';
const HAND = 'M8 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14c.5-3 2.5-4 5.5-4s5 1 5.5 4';
const BELL = 'M8 2a4 4 0 0 0-4 4c0 4-1.5 5-1.5 5h11S12 10 12 6a4 4 0 0 0-4-4ZM6.5 13.5h3';
const DOT = 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z';

/** By the type of node. */
const LOOKS: Readonly<Record<string, NodeLook>> = {
  start: { color: BLUE, glyph: PLAY },
  'trigger-webhook': { color: BLUE, glyph: BELL },
  'trigger-schedule': { color: BLUE, glyph: BELL },
  'trigger-plugin': { color: BLUE, glyph: BELL },
  datasource: { color: BLUE, glyph: BOOK },
  end: { color: ORANGE, glyph: FLAG },
  answer: { color: ORANGE, glyph: BUBBLE },
  'knowledge-index': { color: ORANGE, glyph: BOOK },
  llm: { color: INDIGO, glyph: SPARK },
  agent: { color: INDIGO, glyph: HAND },
  'question-classifier': { color: GREEN, glyph: FORK },
  'parameter-extractor': { color: VIOLET, glyph: LIST },
  'knowledge-retrieval': { color: GREEN, glyph: BOOK },
  'document-extractor': { color: GREEN, glyph: PAGE },
  'if-else': { color: CYAN, glyph: FORK },
  iteration: { color: CYAN, glyph: ROUND },
  loop: { color: CYAN, glyph: ROUND },
  'loop-end': { color: CYAN, glyph: FLAG },
  'list-operator': { color: CYAN, glyph: LIST },
  code: { color: BLUE, glyph: CODE },
  'template-transform': { color: BLUE, glyph: PAGE },
  'variable-aggregator': { color: BLUE, glyph: MERGE },
  'variable-assigner': { color: BLUE, glyph: MERGE },
  assigner: { color: BLUE, glyph: PEN },
  'http-request': { color: VIOLET, glyph: GLOBE },
  tool: { color: VIOLET, glyph: WRENCH },
  'human-input': { color: PINK, glyph: HAND },
};

const UNKNOWN: NodeLook = { color: GREY, glyph: DOT };

/** The look of a type of node; one of its own for types that are not known. */
export function lookOf(type: string): NodeLook {
  return Object.hasOwn(LOOKS, type) ? (LOOKS[type] as NodeLook) : UNKNOWN;
}
