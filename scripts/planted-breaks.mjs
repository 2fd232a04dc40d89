// Shows that the tests hold the workflow engine's rules of ordering and scheduling: in a copy of the sources each rule is broken, one after the
// other, and a test of the engine has to fail. Prints a table. `node scripts/planted-breaks.mjs [word ...]` tries some of them only. Takes minutes; no part of CI.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './lib.mjs';

const COPIED = ['libs', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const LEFT_OUT = new Set(['node_modules', 'dist']);
const SOURCES = 'libs/engines/workflow/src';
/** The tests of scheduling; the second lot is asked only about what the first, fixtures and facts of recorded runs, did not see. */
const SUITES = [
  [`${SOURCES}/fixtures`, `${SOURCES}/run/workflow-run.spec.ts`],
  [`${SOURCES}/run/random-graphs.spec.ts`, `${SOURCES}/journal/resume.spec.ts`, `${SOURCES}/nodes/human-input`],
];
/** Longer than all suites take when nothing hangs. */
const PATIENCE_MS = 120_000;

const frame = 'run/frame.ts';
const settler = 'run/node-settler.ts';
const scheduler = 'run/scheduler.ts';
const coordinator = 'streaming/response-coordinator.ts';
const iteration = 'nodes/iteration/iteration.node.ts';

/** Each: the rule that is broken, the file, and what is put in place of what. */
const breaks = [
  {
    name: 'edges of handles that were not chosen are not skipped',
    file: frame,
    from: 'if (isBranch) for (const edge of out) if ((this.graph.edges[edge] as GraphEdge).handle !== handle) this.skip(edge, ready);',
    to: '',
  },
  {
    name: 'all handles of a branch are taken',
    file: frame,
    from: 'if (!isBranch || (this.graph.edges[edge] as GraphEdge).handle === handle) this.take(edge, ready);',
    to: 'this.take(edge, ready);',
  },
  {
    name: 'a join fires on its first edge',
    file: frame,
    from: 'if (this.openIn[target] === 0) ready.push(target);',
    to: 'ready.push(target);',
  },
  {
    name: 'skipping stops after one hop',
    file: frame,
    from: 'for (const next of this.graph.out[target] as readonly number[]) stack.push(next);',
    to: '',
  },
  {
    name: 'a join with one taken and one skipped path is skipped',
    file: frame,
    from: 'if ((this.takenIn[target] as number) > 0) {',
    to: 'if ((this.takenIn[target] as number) < 0) {',
  },
  {
    name: 'ready nodes run last come, first served',
    file: 'run/ready-queue.ts',
    from: 'this.items[this.head++] as ReadyNode',
    to: 'this.items.splice(this.items.length - 1, 1)[0] as ReadyNode',
  },
  {
    name: 'a chunk leaves before the branch that holds it back',
    file: 'streaming/response-plan.ts',
    from: "source.isBranch || source.type.execution === 'container'",
    to: "source.type.execution === 'container'",
  },
  {
    name: 'containers do not hold back what stands behind them',
    file: 'streaming/response-plan.ts',
    from: "source.type.execution === 'container' || ",
    to: '',
  },
  {
    name: 'an assigner does not hold back what it writes',
    file: 'streaming/response-plan.ts',
    from: 'return source.compiled.writes?.some((written) => shown.some((selector) => sameVariable(selector, written))) ?? false;',
    to: 'return false;',
  },
  {
    name: 'sessions are let in last come, first served',
    file: coordinator,
    from: 'this.queue.push({ session: index, position: 0 });',
    to: 'this.queue.unshift({ session: index, position: 0 });',
  },
  {
    name: 'streams of sessions that wait are lost',
    file: coordinator,
    from: 'stream.pieces.push(text);\n',
    to: 'if (this.isShowing(stream.selector)) stream.pieces.push(text);\n',
  },
  {
    name: 'a stream ends without its empty piece',
    file: coordinator,
    from: "if (!stream.ended) this.scope.chunk(stream.node, stream.selector, '', true);",
    to: '',
  },
  {
    name: 'a reference to a skipped node blocks its session',
    file: coordinator,
    from: 'if (producer !== undefined && this.scope.isSkipped(producer)) return true;',
    to: '',
  },
  {
    name: 'chunks come after the end of the node that let them out',
    file: settler,
    from: "    if (settlement.status !== 'exception') frame.coordinator.flush();\n",
    to: '',
    also: [
      { from: '} else frame.coordinator.flush();', to: '}' },
      {
        from: 'this.teller.finished(frame, node, end);\n    frame.active',
        to: 'this.teller.finished(frame, node, end);\n    frame.coordinator.flush();\n    frame.active',
      },
    ],
  },
  {
    name: 'a node starts before its predecessor has told its end',
    file: settler,
    from: 'for (const next of ready) this.host.enqueue(frame, next);',
    to: 'for (const next of ready) { this.host.enqueue(frame, next); this.teller.started(frame, next); }',
  },
  {
    name: 'the default values of a failed node are ignored',
    file: 'run/settlement.ts',
    from: "strategy === 'default-value' ? defaults :",
    to: "strategy === 'default-value' ? {} :",
  },
  {
    name: 'a failed node with a fail branch takes the other one',
    file: 'run/settlement.ts',
    from: "strategy === 'fail-branch' ? FAIL_HANDLE : DEFAULT_HANDLE",
    to: 'DEFAULT_HANDLE',
  },
  {
    name: 'a retry is told after the next attempt',
    file: settler,
    from: '    this.teller.retried(frame, node, result, startedAt);\n',
    to: '',
    also: [
      {
        from: 'this.host.tryAgain(frame, node, frame.node(node).policy.retryInterval);',
        to: 'this.host.tryAgain(frame, node, frame.node(node).policy.retryInterval);\n    setImmediate(() => { this.teller.retried(frame, node, result, startedAt); });',
      },
    ],
  },
  {
    name: 'an attempt more than allowed',
    file: settler,
    from: '(frame.attempts[node] as number) < policy.maxRetries',
    to: '(frame.attempts[node] as number) <= policy.maxRetries',
  },
  {
    name: 'each attempt tells a start',
    file: scheduler,
    from: 'if (frame.attempts[node] === 0) this.teller.started(frame, node);',
    to: 'this.teller.started(frame, node);',
  },
  {
    name: 'failures that a retry repaired are not counted',
    file: 'run/run-state.ts',
    from: '    this.exceptionsCount += frame.parent === null ? 1 : 0;\n',
    to: '',
  },
  {
    name: 'failures inside containers count for the run',
    file: 'run/run-state.ts',
    from: '    this.exceptionsCount += frame.parent === null ? 1 : 0;\n',
    to: '    this.exceptionsCount += 1;\n',
  },
  {
    name: 'an iteration gives its results in the order they came',
    file: iteration,
    from: 'state.results[round.index] = ',
    to: 'state.results[state.done - 1] = ',
  },
  { name: 'rounds of an iteration share their variables', file: iteration, from: 'context.pool.fork()', to: 'context.pool' },
  { name: 'rounds side by side mix their events', file: iteration, from: 'buffered: settings.isParallel', to: 'buffered: false' },
  {
    name: 'an iteration goes on after a round that ends it',
    file: iteration,
    from: "else if (settings.mode === 'terminated') return fail(settings, context, round);\n",
    to: '',
  },
  {
    name: 'a loop looks at its condition a round too late',
    file: 'nodes/loop/loop.node.ts',
    from: 'if (breaksNow(settings, context, { tolerant: false }))',
    to: 'if (round.index > 0 && breaksNow(settings, context, { tolerant: false }))',
  },
  {
    name: 'a loop does not tell its last round',
    file: 'nodes/loop/loop.node.ts',
    from: "context.emit({ type: 'next', index: round.index + 1 });\n",
    to: 'if (round.index + 1 < settings.count) ' + "context.emit({ type: 'next', index: round.index + 1 });\n",
  },
  {
    name: 'a node that waits runs twice after the pause',
    file: scheduler,
    from: 'const waiting = [...frame.paused, ...frame.deferred];',
    to: 'const waiting = [...frame.paused, ...frame.paused, ...frame.deferred];',
  },
  {
    name: 'nodes that became ready in a pause are forgotten',
    file: scheduler,
    from: 'const waiting = [...frame.paused, ...frame.deferred];',
    to: 'const waiting = [...frame.paused];',
  },
  { name: 'a pause lets what becomes ready run', file: scheduler, from: 'if (this.state.isPausing) {', to: 'if (this.state.hasEnded) {' },
  {
    name: 'the answers of a run replace each other',
    file: 'run/outputs.ts',
    from: /name === 'answer'|key === 'answer'/,
    to: "'' === 'answer'",
  },
];

const tree = mkdtempSync(join(tmpdir(), 'baya-breaks-'));
for (const name of COPIED)
  cpSync(join(root, name), join(tree, name), {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(relative(root, source).split('/').at(-1)),
  });
symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir');

/** Names of the tests that fail, and whether the suites came to an end. */
async function test() {
  for (const suites of SUITES) {
    const failed = await failuresOf(suites);
    if (failed.length > 0) return failed;
  }
  return [];
}

/** Runs Node in the copy; null when it had to be ended, with all it started. */
function exitOf(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: tree, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      process.kill(-child.pid, 'SIGKILL');
      resolve(null);
    }, PATIENCE_MS);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

async function failuresOf(suites) {
  const report = join(tree, 'report.json');
  rmSync(report, { force: true });
  const code = await exitOf([
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project=unit',
    '--reporter=json',
    `--outputFile=${report}`,
    '--bail=3',
    '--testTimeout=20000',
    ...suites,
  ]);
  if (code === null) return ['(hangs)'];
  if (code === 0) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ title }) => `${name.split('/').at(-1).replace('.spec.ts', '')}: ${title}`);
    return tests.length === 0 && status === 'failed' && assertionResults.length === 0
      ? [`${name.split('/').at(-1)}: does not load`]
      : tests;
  });
  return failed.length > 0 ? failed : [`(code ${code})`];
}

/** Puts a break into its file, runs `work`, and takes it out again. */
async function broken({ file, from, to, also = [] }, work) {
  const path = join(tree, SOURCES, file);
  const before = readFileSync(path, 'utf8');
  let after = before;
  for (const change of [{ from, to }, ...also]) {
    const next = after.replace(change.from, () => change.to);
    if (next === after) throw new Error(`${file} is not as the break expects it: ${String(change.from)}`);
    after = next;
  }
  writeFileSync(path, after);
  try {
    return await work();
  } finally {
    writeFileSync(path, before);
  }
}

let missed = 0;
try {
  const clean = await test();
  if (clean.length > 0) throw new Error(`The tests fail without a break:\n${clean.join('\n')}`);
  const wanted = process.argv.slice(2);
  console.log('| break | caught by |\n| --- | --- |');
  for (const one of breaks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))) {
    const failed = await broken(one, test).catch((error) => [`NOT TRIED: ${error.message}`]);
    const isMissed = failed.length === 0 || failed[0].startsWith('NOT TRIED');
    if (isMissed) missed += 1;
    const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
    console.log(`| ${one.name} | ${failed.length === 0 ? 'NOTHING' : `${failed[0].replaceAll('|', '\\|')}${more}`} |`);
  }
} finally {
  rmSync(tree, { recursive: true, force: true });
}
process.exit(missed === 0 ? 0 : 1);
