// `npm run bench -- engine`: what the workflow engine itself costs: no server, no database, ports that answer at once.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aggregator,
  assigner,
  branchGraph,
  chain,
  END,
  ifElse,
  iterationGraph,
  llm,
  loopGraph,
  START,
  template,
  tenOf,
} from './lib/engine-graphs.mjs';

const { CommandChannel, encodeEntry, MemoryJournal, NodeRegistry, WorkflowEngine, nodeTypes } = await import('#engines/workflow');
const { ProcessSandbox } = await import('#engines/sandbox');
const { emptyUsage } = await import('#engines/model-runtime');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const facts = {
  tenantId: 'tenant',
  appId: 'app',
  workflowId: 'workflow',
  runId: 'run',
  userId: 'user',
  invokeFrom: 'service-api',
  conversationId: null,
  callDepth: 0,
};
const engine = new WorkflowEngine({ registry: new NodeRegistry(nodeTypes) });

/** A model that says so many pieces, in reads of so many at a time. */
function modelOf(pieces, aRead = 1) {
  const schema = {
    model: 'bench',
    label: { en_US: 'bench' },
    modelType: 'llm',
    features: null,
    fetchFrom: 'customizable-model',
    properties: { mode: 'chat' },
    deprecated: false,
    parameterRules: [],
    pricing: null,
  };
  return {
    resolve: async () => ({
      schema,
      async *invoke() {
        for (let said = 0; said < pieces; said += aRead)
          yield Array.from({ length: Math.min(aRead, pieces - said) }, () => ({ text: ' word' }));
        yield [{ text: '', usage: emptyUsage(), finishReason: 'stop' }];
      },
    }),
  };
}

let ids = 0;
const ports = (more = {}) => ({
  clock: { now: () => Date.now() },
  newId: () => `execution-${String((ids += 1))}`,
  sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }),
  ...more,
});
const inputsOf = (system = {}) => ({ inputs: {}, system: { user_id: 'user', files: [], ...system } });

/** Runs a graph, and takes every event. Returns how the run ended. */
async function consume(compiled, { inputs = inputsOf(), more, ...options } = {}) {
  let last;
  for await (const event of engine.run(compiled, inputs, ports(more), { facts, ...options })) last = event;
  return last;
}

function check(end, type = 'run_succeeded') {
  if (end.type !== type) throw new Error(`the run ended as ${JSON.stringify(end)}`);
}

/** CPU of one call in ms, the least of several rounds: what the machine does besides only adds to it. */
async function cpuOf(work, { times, rounds = 5 }) {
  for (let i = 0; i < Math.min(times, 300); i += 1) await work();
  let least = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const since = process.cpuUsage();
    for (let i = 0; i < times; i += 1) await work();
    const { user, system } = process.cpuUsage(since);
    least = Math.min(least, (user + system) / 1000 / times);
  }
  return least;
}

async function nodeCosts() {
  const empty = engine.compile(chain({ ...START, ...END }));
  check(await consume(empty));
  const emptyMs = await cpuOf(() => consume(empty), { times: 2000 });
  const conversation = { conversation: [{ name: 'count', type: 'number', value: 0 }] };
  const costs = {};
  for (const [name, data] of Object.entries({
    'template-transform': template,
    'if-else': ifElse,
    assigner,
    'variable-aggregator': aggregator,
  })) {
    const compiled = engine.compile(tenOf(data));
    const run = () => consume(compiled, { inputs: { ...inputsOf(), ...conversation } });
    check(await run());
    costs[name] = ((await cpuOf(run, { times: 500 })) - emptyMs) / 10;
  }
  return { emptyMs, costs };
}

async function chunkCost() {
  const pieces = 5000;
  const compiled = engine.compile(chain({ ...START, llm, answer: { type: 'answer', answer: '{{#llm.text#}}' } }));
  const more = { models: modelOf(pieces) };
  check(await consume(compiled, { more }));
  return (await cpuOf(() => consume(compiled, { more }), { times: 20 })) / pieces;
}

/** The same number of events from a generator that does nothing else. */
async function bareGenerator() {
  const compiled = engine.compile(chain({ ...START, ...END }));
  const events = [];
  for await (const event of engine.run(compiled, inputsOf(), ports(), { facts })) events.push(event);
  async function* bare() {
    for (const event of events) yield { ...event };
  }
  const work = async () => {
    let last;
    for await (const event of bare()) last = event;
    return last;
  };
  return { events: events.length, ms: await cpuOf(work, { times: 5000 }) };
}

async function branches() {
  const compiled = engine.compile(branchGraph());
  check(await consume(compiled));
  return cpuOf(() => consume(compiled), { times: 500 });
}

/** A thousand items, a tenth of a second each, fifty at a time. */
async function iteration(errorMode) {
  const compiled = engine.compile(iterationGraph(errorMode));
  const items = Array.from({ length: 1000 }, (_, index) => `item ${String(index)}`);
  const schema = (await modelOf(1).resolve()).schema;
  const models = {
    resolve: async () => ({
      schema,
      async *invoke({ messages }) {
        await sleep(100);
        const { content } = messages.at(-1);
        yield [{ text: typeof content === 'string' ? content : content.map(({ data }) => data).join('') }];
        yield [{ text: '', usage: emptyUsage(), finishReason: 'stop' }];
      },
    }),
  };
  const since = performance.now();
  const last = await consume(compiled, { inputs: inputsOf({ items }), more: { models } });
  const seconds = (performance.now() - since) / 1000;
  check(last);
  if (JSON.stringify(last.outputs.list) !== JSON.stringify(items)) throw new Error('the order of the items was not kept');
  return seconds;
}

async function loop() {
  const compiled = engine.compile(loopGraph());
  check(await consume(compiled));
  return (await cpuOf(() => consume(compiled), { times: 50 })) / 100;
}

/** A paused run of ten nodes that hold a kilobyte each. */
async function snapshot() {
  const nodes = { ...START };
  for (let index = 0; index < 8; index += 1) nodes[`t${String(index)}`] = { ...template, template: 'x'.repeat(1250) };
  const compiled = engine.compile(chain({ ...nodes, ...END }));
  const commands = new CommandChannel();
  let run;
  const watch = (event) => {
    if (event.type === 'node_finished' && event.nodeId === 't6') commands.send({ type: 'pause', reason: 'bench' });
  };
  run = engine.run(compiled, inputsOf(), ports(), { facts, commands, layers: [watch] });
  let last;
  for await (const event of run) last = event;
  check(last, 'run_paused');
  const size = JSON.stringify(run.snapshot()).length;
  const ms = await cpuOf(async () => JSON.stringify(run.snapshot()), { times: 500 });
  return { size, ms };
}

/** What a journal adds, handed over entry by entry: kept as it is, and written as text at once. */
async function journal() {
  const compiled = engine.compile(tenOf(template));
  const asText = { append: (entry) => JSON.stringify(encodeEntry(entry)) };
  const ways = [() => undefined, () => new MemoryJournal(), () => asText];
  const least = ways.map(() => Infinity);
  // What earlier measurements left is collected on nobody's account.
  collect();
  for (let round = 0; round < 20; round += 1) {
    // Each in turn is the first, so that none always runs in the other's waste.
    for (let i = 0; i < ways.length; i += 1) {
      const way = (round + i) % ways.length;
      least[way] = Math.min(least[way], await cpuOf(() => consume(compiled, { journal: ways[way]() }), { times: 300, rounds: 1 }));
    }
  }
  const [off, kept, text] = least;
  return { kept: kept / off - 1, text: text / off - 1 };
}

async function memory() {
  const compiled = engine.compile(tenOf(template));
  const heap = async () => {
    for (let i = 0; i < 3; i += 1) {
      collect();
      await sleep(20);
    }
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const points = {};
  for (let done = 1; done <= 100_000; done += 1) {
    await consume(compiled);
    if (done === 5000 || done === 100_000) points[done] = await heap();
  }
  return points;
}

async function code() {
  const sandbox = new ProcessSandbox({});
  const asked = {
    javascript: 'function main({ n }) { return { result: n + 1 } }',
    python3: 'def main(n: int) -> dict:\n    return {"result": n + 1}',
  };
  const result = {};
  try {
    await sandbox.warm();
    for (const [language, text] of Object.entries(asked)) {
      const nodes = {
        ...START,
        code: {
          type: 'code',
          code_language: language,
          code: text,
          variables: [{ variable: 'n', value_selector: ['sys', 'n'] }],
          outputs: { result: { type: 'number', children: null } },
        },
        ...END,
      };
      const compiled = engine.compile(chain(nodes));
      const inputs = inputsOf({ n: 1 });
      const one = async () => {
        const since = performance.now();
        check(await consume(compiled, { inputs, more: { sandbox } }));
        return performance.now() - since;
      };
      for (let i = 0; i < 20; i += 1) await one();
      const times = [];
      for (let i = 0; i < 100; i += 1) times.push(await one());
      times.sort((a, b) => a - b);
      const since = performance.now();
      await Promise.all(Array.from({ length: 1000 }, one));
      result[language] = { p50: times[50], thousandAtOnceSeconds: (performance.now() - since) / 1000 };
    }
  } finally {
    await sandbox.close();
  }
  return result;
}

const round = (value, digits = 4) => Number(value.toFixed(digits));

/** All figures of the engine, each with what it should be. */
export async function measureEngine(log) {
  const rows = [];
  const add = (what, seen, unit, must, isMet) => {
    rows.push({ what, seen: `${String(seen)} ${unit}`, must, isMet });
    log(`${what}: ${String(seen)} ${unit}${isMet === false ? ' (missed)' : ''}`);
  };
  const { emptyMs, costs } = await nodeCosts();
  add('empty run (start, end)', round(emptyMs), 'ms CPU', '0.10 ms', emptyMs <= 0.1);
  for (const [name, ms] of Object.entries(costs)) add(`one more ${name} node`, round(ms), 'ms CPU', '0.03 ms', ms <= 0.03);
  const bare = await bareGenerator();
  add(`bare generator of the same ${String(bare.events)} events`, round(bare.ms), 'ms CPU', '-', undefined);
  add('empty run against it', round(emptyMs / bare.ms, 1), 'x', '20 x', emptyMs / bare.ms <= 20);
  const chunk = await chunkCost();
  add('chunk through llm and answer', round(chunk, 5), 'ms CPU', '0.01 ms', chunk <= 0.01);
  add('ten parallel branches of a template', round(await branches()), 'ms CPU', '-', undefined);
  add('a round of a loop with a template', round(await loop()), 'ms CPU', '-', undefined);
  for (const mode of ['terminated', 'continue-on-error', 'remove-abnormal-output']) {
    const seconds = await iteration(mode);
    add(`iteration, 1,000 items of 100 ms, 50 at a time, ${mode}`, round(seconds, 2), 's', '2.3 s', seconds <= 2.3);
  }
  const shot = await snapshot();
  add('snapshot, ten nodes with 10 KB: time', round(shot.ms), 'ms CPU', '1 ms', shot.ms <= 1);
  add('snapshot, ten nodes with 10 KB: size', shot.size, 'bytes', '30 KB', shot.size <= 30_000);
  const more = await journal();
  add('journal on against off', round(more.kept * 100, 1), '% more CPU', '10 %', more.kept <= 0.1);
  add('the same, each entry written as JSON', round(more.text * 100, 1), '% more CPU', '-', undefined);
  for (const [language, { p50, thousandAtOnceSeconds }] of Object.entries(await code())) {
    const must = language === 'javascript' ? 3 : 8;
    add(`code node, warm, ${language}, p50`, round(p50, 2), 'ms', `${String(must)} ms`, p50 <= must);
    add(`1,000 code nodes at once, ${language}, none failed`, round(thousandAtOnceSeconds, 1), 's', 'no failure', true);
  }
  const heap = await memory();
  const grown = heap[100_000] / heap[5000] - 1;
  add(
    'heap after 100,000 runs against 5,000',
    `${round(heap[5000], 1)} -> ${round(heap[100_000], 1)} MB,`,
    `${round(grown * 100, 1)} %`,
    '10 %',
    grown <= 0.1,
  );
  return rows;
}
