import type { GraphDocument } from '../graph/graph-document.js';
import { parseDsl } from '../dsl/parse-dsl.js';
import { workflowOf } from '../dsl/dsl-workflow.js';
import { corpusFiles, hasCorpus } from '../testing/corpus.js';
import { drawGraph } from './draw-graph.js';
import { layoutGraph } from './layout-graph.js';

const node = (id: string, data: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  id,
  type: 'custom',
  data: { title: id, ...data },
  ...more,
});
const at = (x: number, y: number) => ({ position: { x, y } });
const boxOf = (graph: GraphDocument, id: string) => layoutGraph(graph).boxes.find((box) => box.id === id)!;

const branching: GraphDocument = {
  nodes: [
    node('start', { type: 'start', variables: [{ variable: 'query' }] }, at(80, 100)),
    node(
      'ask',
      {
        type: 'if-else',
        cases: [
          {
            case_id: 'a',
            logical_operator: 'or',
            conditions: [{ variable_selector: ['start', 'query'], comparison_operator: 'contains', value: 'x' }],
          },
          { case_id: 'b', conditions: [] },
        ],
      },
      at(400, 100),
    ),
    node('llm', { type: 'llm', model: { name: 'gpt-4o' }, error_strategy: 'fail-branch' }, at(720, 60)),
    node('end', { type: 'end' }, at(1040, 60)),
  ],
  edges: [
    { source: 'start', target: 'ask' },
    { source: 'ask', sourceHandle: 'b', target: 'llm' },
    { source: 'ask', sourceHandle: 'false', target: 'end' },
    { source: 'llm', sourceHandle: 'fail-branch', target: 'end' },
    { source: 'end', target: 'start' },
  ],
};

/** The names of the elements, when tags are closed in order and nothing stands unescaped. */
function elementsOf(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?:\s[a-zA-Z-]+="[^"<]*")*)(\/?)>/g,
    (_, end: string, name: string, __: string, single: string) => {
      if (end !== '') expect(open.pop()).toBe(name);
      else {
        names.push(name);
        if (single === '') open.push(name);
      }
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  return names;
}

describe('layoutGraph', () => {
  it('should start each edge at its handle and end it at its node', () => {
    const { edges } = layoutGraph(branching);
    const ask = boxOf(branching, 'ask');

    expect(ask.handles.map(({ id, label, text }) => [id, label, text])).toEqual([
      ['a', 'IF', 'query contains x'],
      ['b', 'ELIF', ''],
      ['false', 'ELSE', ''],
    ]);
    expect(edges[1]!.from).toEqual({ x: 400 + 244, y: 100 + ask.handles[1]!.y });
    expect(edges[2]!.from.y).toBeGreaterThan(edges[1]!.from.y);
    expect(edges[1]!.to).toEqual({ x: 720, y: 60 + 27 });
    expect(boxOf(branching, 'llm').handles.map(({ id }) => id)).toEqual(['source', 'fail-branch']);
  });

  it('should put children into their container, and make it large enough', () => {
    const graph: GraphDocument = {
      nodes: [
        node('inner', { type: 'code', isInLoop: true, loop_id: 'loop' }, { ...at(400, 90), parentId: 'loop' }),
        node('loop', { type: 'loop', width: 300, height: 160 }, at(500, 50)),
        node('deep', { type: 'iteration' }, { ...at(20, 200), parentId: 'loop' }),
        node('deepest', { type: 'llm' }, { ...at(30, 70), parentId: 'deep' }),
      ],
      edges: [],
    };

    expect(boxOf(graph, 'inner')).toMatchObject({ x: 900, y: 140, depth: 1 });
    expect(boxOf(graph, 'deepest')).toMatchObject({ x: 550, y: 320, depth: 2 });
    const [loop, deepest] = [boxOf(graph, 'loop'), boxOf(graph, 'deepest')];
    expect(loop.x + loop.width).toBeGreaterThan(900 + 244);
    expect(loop.y + loop.height).toBeGreaterThan(deepest.y + deepest.height);
    expect(layoutGraph(graph).boxes.map(({ id }) => id)).toEqual(['loop', 'inner', 'deep', 'deepest']);
  });

  it('should lay out in layers where a file has no positions', () => {
    const graph: GraphDocument = {
      nodes: ['a', 'b', 'c', 'd'].map((id) => node(id, { type: 'code' })),
      edges: [
        { source: 'a', target: 'b' },
        { source: 'a', target: 'c' },
        { source: 'b', target: 'd' },
        { source: 'c', target: 'd' },
      ],
    };
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => boxOf(graph, id));

    expect([a!.x, b!.x, c!.x, d!.x]).toEqual([0, 304, 304, 608]);
    expect(c!.y).toBeGreaterThan(b!.y + b!.height);
  });

  it('should survive circles, lost parents, and places that are none', () => {
    const graph = {
      nodes: [
        node('a', { type: 'code' }, { parentId: 'b', position: { x: Number.NaN, y: 1e300 } }),
        node('b', { type: 'loop' }, { parentId: 'a', position: 'left' }),
        node('c', {}, { parentId: 'gone' }),
        null,
        { id: 5 },
        { id: 'd', width: -3, height: 'x' },
      ],
      edges: [
        { source: 'a', target: 'b' },
        { source: 'b', target: 'a' },
        { source: 'a', target: 'a' },
        { source: 'a', target: 'gone' },
        null,
      ],
    } as unknown as GraphDocument;

    expect(layoutGraph(graph).boxes.map(({ id, type }) => [id, type])).toEqual([
      ['a', 'code'],
      ['b', 'loop'],
      ['c', 'unknown'],
      ['d', 'unknown'],
    ]);
    elementsOf(drawGraph(graph));
    elementsOf(drawGraph({ nodes: [], edges: [] }));
    elementsOf(drawGraph({} as GraphDocument));
  });
});

describe('drawGraph', () => {
  it('should write texts of people so that they stay texts', () => {
    const evil = `</text><script>alert("1")</script>&'\u0000\ud800`;
    const graph: GraphDocument = {
      nodes: [
        node(evil, { type: 'llm', title: evil, model: { name: evil } }, at(0, 0)),
        node('x', { type: evil, title: '' }, at(0, 200)),
        { ...node('note', { text: evil, width: 600, height: 200 }, at(0, 400)), type: 'custom-note' },
      ],
      edges: [],
    };

    const names = elementsOf(drawGraph(graph, { title: evil, states: { [evil]: { status: 'failed', note: evil } } }));

    expect(new Set(names)).toEqual(new Set(['svg', 'title', 'rect', 'g', 'path', 'text', 'circle']));
  });

  it('should colour what has become of each node, and the way that was taken', () => {
    const svg = drawGraph(branching, {
      states: {
        start: { status: 'succeeded', note: '0.1 s' },
        ask: { status: 'succeeded', handle: 'b' },
        llm: { status: 'failed' },
        end: { status: 'skipped' },
      },
    });

    expect(svg).toContain('done · 0.1 s');
    expect(svg).toContain('>failed</text>');
    expect(svg).toContain('stroke="#f04438"');
    // start -> ask and ask -> llm by the handle b; the way to `end` was not taken.
    expect(svg.match(/fill="none" stroke="#17b26a" stroke-width="2"\/>/g)).toHaveLength(2);
    expect(drawGraph(branching)).not.toContain('#17b26a');
  });

  it('should lead an edge around the boxes where it goes back', () => {
    const back: GraphDocument = { nodes: [node('a', {}, at(0, 0)), node('b', {}, at(0, 200))], edges: [{ source: 'a', target: 'b' }] };

    // Down to the middle between both boxes, and left of the second.
    expect(drawGraph(back)).toContain('M244 27L253 27Q262 27 262 36L262 118Q262 127 253 127L-16 127');
  });

  it('should show the text of remarks', () => {
    const text = JSON.stringify({
      root: {
        type: 'root',
        children: [
          {
            type: 'paragraph',
            children: [
              { type: 'text', text: 'First ' },
              { type: 'text', text: 'line' },
            ],
          },
          { type: 'paragraph', children: [{ type: 'text', text: 'Second' }] },
        ],
      },
    });
    const svg = drawGraph({ nodes: [{ ...node('n', { text, width: 240, height: 88 }, at(0, 0)), type: 'custom-note' }], edges: [] });

    expect(svg).toContain('>First line</text>');
    expect(svg).toContain('>Second</text>');
  });

  it('should draw a thousand nodes in a moment, and the same way again', () => {
    const nodes = Array.from({ length: 1000 }, (_, i) => node(`n${String(i)}`, { type: 'llm', title: 'x'.repeat(10_000) }));
    const edges = nodes.slice(1).map(({ id }, i) => ({ source: `n${String(i)}`, target: id }));
    const began = performance.now();

    const svg = drawGraph({ nodes, edges });

    expect(performance.now() - began).toBeLessThan(5000);
    expect(drawGraph({ nodes, edges })).toBe(svg);
    expect(svg.length).toBeLessThan(2_000_000);
  });

  it.skipIf(!hasCorpus).each(corpusFiles())('should draw $name', ({ text }) => {
    const { workflow } = workflowOf(parseDsl(text).document!);

    const names = elementsOf(drawGraph(workflow!.graph));

    expect(names.filter((name) => name === 'g')).toHaveLength(workflow!.graph.nodes.length);
  });
});
