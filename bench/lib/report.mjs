// Figures as text that a person and a Markdown page can both read.
import { cpus, release, totalmem, type } from 'node:os';

/** Facts of the machine that figures depend on. */
export function machine() {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** A Markdown table with aligned columns. */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null || cell === undefined ? '-' : String(cell))));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

/** The engine's figures, each beside what it should be. */
export function renderEngine({ facts, engine }) {
  const verdict = (isMet) => (isMet === undefined ? '-' : isMet ? 'met' : 'missed');
  return [
    `Machine: ${facts.cpu}, ${String(facts.cores)} cores, ${String(facts.memoryGb)} GB, ${facts.system}, Node ${facts.node}, ${facts.date}.`,
    table(
      ['what', 'seen', 'must', ''],
      engine.map(({ what, seen, must, isMet }) => [what, seen, must, verdict(isMet)]),
    ),
  ].join('\n\n');
}

const ms = (value) => (value === null || value === undefined ? '-' : `${String(value)} ms`);
const mb = (value) => (value === null || value === undefined ? '-' : `${String(value)} MB`);
const pair = ({ p50, p95 }) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
const times = (ratio) => (ratio ? `${ratio.toFixed(2)} x` : '-');

/** The report of a whole run. */
export function render({ facts, systems, floor, notes }) {
  const parts = [
    `Machine: ${facts.cpu}, ${String(facts.cores)} cores shared by client, model, database and server, ${String(facts.memoryGb)} GB, ${facts.system}, Node ${facts.node}, ${facts.date}.`,
  ];
  const own = systems.filter((system) => system.idle);
  if (own.length > 0) {
    parts.push(
      table(
        ['', ...own.map((system) => system.label)],
        [
          ['first start on an empty directory, to ready', ...own.map((system) => ms(system.firstStartMs))],
          ['  to the end of a first chat', ...own.map((system) => ms(system.firstStartToTokenMs))],
          ['later start, to ready', ...own.map((system) => ms(system.laterStartMs))],
          ['  to the end of a first chat', ...own.map((system) => ms(system.laterStartToTokenMs))],
          ['idle after the first start, all processes, RSS', ...own.map((system) => mb(system.idleAfterFirstStart.rss))],
          ['idle, all processes, RSS', ...own.map((system) => mb(system.idle.rss))],
          ['idle, api process alone, RSS', ...own.map((system) => mb(system.idle.api))],
          ['after the load, all processes, RSS', ...own.map((system) => mb(system.afterLoad.rss))],
          ['after the load, api process alone, RSS', ...own.map((system) => mb(system.afterLoad.api))],
        ],
      ),
    );
  }
  const all = [...systems, ...(floor ? [floor] : [])];
  parts.push(
    table(
      ['GET /v1/parameters, 20 callers', ...all.map((system) => system.label)],
      [
        ['requests/s', ...all.map((system) => system.parameters.perSecond)],
        ['p50 / p95 ms', ...all.map((system) => `${String(system.parameters.p50)} / ${String(system.parameters.p95)}`)],
        ['server CPU ms', ...all.map((system) => system.parameters.cpuMs)],
      ],
    ),
  );
  const row = (label, chat) => [
    label,
    chat.callers,
    chat.chatsPerSecond,
    times(chat.ofFloor?.chats),
    pair(chat.firstFrameMs),
    chat.beyondModelMs ? pair(chat.beyondModelMs) : null,
    chat.framesPerSecond,
    chat.cpuMsPerChat.server,
    times(chat.ofFloor?.cpu),
    chat.cpuMsPerChat.database,
    chat.cpuUsPerFrame,
    chat.statementsPerChat,
    chat.failed,
  ];
  const rows = systems.flatMap((system) =>
    system.chats.flatMap((chat) => [
      row(chat.withTitle ? `${system.label}, with titles` : system.label, chat),
      ...(chat.floor ? [row('  floor beside it', chat.floor)] : []),
    ]),
  );
  parts.push(
    table(
      [
        'streamed chats of 20 chunks',
        'callers',
        'chats/s',
        'of floor',
        'first frame p50/p95 ms',
        'beyond the model',
        'frames/s',
        'CPU ms/chat',
        'of floor',
        'database child ms/chat',
        'CPU us/frame',
        'SQL/chat',
        'failed',
      ],
      rows,
    ),
  );
  const turns = systems.flatMap(({ label, chats }) =>
    chats
      .filter(({ ratios }) => ratios?.length > 1)
      .map(({ callers, ratios }) => `${label}, ${String(callers)} callers: ${ratios.join(', ')}`),
  );
  if (turns.length > 0) parts.push(`Chats/s against the floor, round by round: ${turns.join('; ')}.`);
  for (const system of own) {
    if (system.parked) parts.push(parkedText(system));
    if (system.soak)
      parts.push(
        `${system.label}: ${system.soak.map((point) => `after ${String(point.chats)} chats heap ${String(point.heapMb)} MB (collected), resident ${String(point.rssMb)} MB a minute later`).join('; ')}.`,
      );
  }
  const errors = systems.flatMap((system) =>
    system.chats.flatMap((chat) =>
      chat.errors.map(([text, count]) => `${system.label}, ${String(chat.callers)} callers: ${String(count)} x ${text}`),
    ),
  );
  if (errors.length > 0) parts.push(`Failures:\n${errors.map((text) => `- ${text}`).join('\n')}`);
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join('\n'));
  return parts.join('\n\n');
}

function parkedText({ label, parked }) {
  const facts = [
    `${String(parked.ended)} ended well`,
    `GET /v1/parameters p95 ${String(parked.parametersP95)} ms meanwhile`,
    ...(parked.connections === null ? [] : [`${String(parked.connections)} database connections`]),
    `${mb(parked.memory.api)} in the api process after`,
    ...parked.failures.map((reason) => `failed: ${reason}`),
  ];
  return `${label}: ${String(parked.count)} chats parked on a slow model: ${facts.join(', ')}.`;
}
