// Load and what it costs the server.
import http from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuOf, start } from './processes.mjs';

const tool = join(dirname(fileURLToPath(import.meta.url)), '../sse-load.mjs');
const QUERY = 'the quick brown fox jumps over the lazy dog';
/** A new conversation each time. Its title would cost a second call of the model; the floor makes none, so it is left out unless asked for. */
const bodyOf = (withTitle) =>
  JSON.stringify({
    inputs: {},
    query: QUERY,
    response_mode: 'streaming',
    user: 'bench',
    auto_generate_name: withTitle,
  });
const round = (value, digits = 2) => (value === null || !Number.isFinite(value) ? null : Number(value.toFixed(digits)));

function quantilesOf(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null, 1);
  return { p50: quantile(0.5), p95: quantile(0.95) };
}

/** That many callers, each of whom asks again and again until the time is over. */
async function repeatedly(ask, { callers, seconds }) {
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) await ask();
    }),
  );
}

/** First bytes of the model's answer, asked by as many callers at once: what no server in front of it can be blamed for. Unit: milliseconds. */
export async function modelAlone({ mock, callers, seconds }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ model: 'mock-chat', stream: true, messages: [{ role: 'user', content: QUERY }] });
  const times = [];
  const ask = () =>
    new Promise((resolve, reject) => {
      const since = performance.now();
      http
        .request(`${mock.base}/v1/chat/completions`, { method: 'POST', agent, headers }, (response) => {
          response.once('data', () => times.push(performance.now() - since)).once('end', resolve);
        })
        .on('error', reject)
        .end(body);
    });
  await repeatedly(ask, { callers, seconds });
  agent.destroy();
  return quantilesOf(times);
}

/** Streamed chats by `callers` for `seconds`; figures of the client, and of the server process where its id is known. */
export async function chats({ base, key, callers, seconds, pids = {}, statements, withTitle = false }) {
  const before = { cpu: Object.entries(pids).map(([name, pid]) => [name, cpuOf(pid)]), statements: await statements?.() };
  const child = start(process.execPath, [
    tool,
    '--url',
    `${base}/v1/chat-messages`,
    '--key',
    key,
    '--body',
    bodyOf(withTitle),
    '-c',
    String(callers),
    '-t',
    String(seconds),
  ]);
  await child.ended;
  const line = child.output().trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`sse-load printed no figures:\n${child.output()}`);
  const result = JSON.parse(line);
  const cpu = Object.fromEntries(before.cpu.map(([name, since]) => [name, cpuOf(pids[name]) - since]));
  const sent = before.statements === null || before.statements === undefined ? null : (await statements()) - before.statements;
  const frames = Math.round(result.events_per_s * result.secs);
  const perChat = (total) => (result.ok === 0 ? null : round(total / result.ok, 3));
  return {
    callers,
    chats: result.ok,
    failed: result.failed,
    errors: result.errors,
    chatsPerSecond: result.runs_per_s,
    framesPerSecond: result.events_per_s,
    firstFrameMs: result.ttfe_ms,
    totalMs: result.total_ms,
    cpuMsPerChat: Object.fromEntries(Object.entries(cpu).map(([name, total]) => [name, perChat(total)])),
    cpuUsPerFrame: frames === 0 || cpu.server === undefined ? null : round((cpu.server * 1000) / frames, 1),
    statementsPerChat: sent === null ? null : perChat(sent),
  };
}

/** GET requests over kept connections for `seconds`: rate, times, and CPU of the server a request. */
export async function gets({ base, path, key, callers = 20, seconds = 3, pid }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  const url = new URL(path, base);
  const times = [];
  const statuses = {};
  const cpu = pid === undefined ? 0 : cpuOf(pid);
  const since = performance.now();
  const one = () =>
    new Promise((resolve) => {
      const begin = performance.now();
      const done = (status) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === 200) times.push(performance.now() - begin);
        resolve();
      };
      const request = http.get(url, { agent, headers: { authorization: `Bearer ${key}` } }, (response) =>
        response.resume().on('end', () => done(response.statusCode)),
      );
      request.on('error', (error) => done(error.code ?? 'error')).setTimeout(30_000, () => request.destroy());
    });
  await repeatedly(one, { callers, seconds });
  agent.destroy();
  const elapsed = performance.now() - since;
  return {
    perSecond: round((times.length / elapsed) * 1000, 0),
    ...quantilesOf(times),
    cpuMs: pid === undefined || times.length === 0 ? null : round((cpuOf(pid) - cpu) / times.length, 3),
    statuses,
  };
}

/** One streamed chat, read to its end or for as long as `signal` allows. What the caller saw, frame by frame. */
export function streamChat({ base, key, query = 'hello there', user = 'bench', conversationId = '', signal, onFrame }) {
  return new Promise((resolve) => {
    const seen = {
      status: 0,
      body: '',
      messageId: null,
      conversationId: null,
      taskId: null,
      answer: '',
      isEnded: false,
      error: null,
      firstMs: null,
      failure: null,
    };
    const since = performance.now();
    const body = JSON.stringify({ inputs: {}, query, response_mode: 'streaming', user, conversation_id: conversationId });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const request = http.request(`${base}/v1/chat-messages`, { method: 'POST', headers, signal, agent: false }, (response) => {
      seen.status = response.statusCode;
      let buffer = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        if (response.statusCode !== 200) seen.body += chunk;
        buffer += chunk;
        for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
          const frame = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          if (!frame.startsWith('data: ')) continue;
          seen.firstMs ??= performance.now() - since;
          const event = JSON.parse(frame.slice(6));
          seen.messageId ??= event.message_id ?? null;
          seen.conversationId ??= event.conversation_id ?? null;
          seen.taskId ??= event.task_id ?? null;
          if (event.event === 'message') seen.answer += event.answer;
          if (event.event === 'message_end') seen.isEnded = true;
          if (event.event === 'error') seen.error = event;
          onFrame?.(event, seen);
        }
      });
      response.on('close', () => resolve(seen));
      response.on('error', (error) => (seen.failure = error.code ?? error.message));
    });
    request.on('error', (error) => {
      seen.failure ??= error.code ?? error.message;
      resolve(seen);
    });
    request.setTimeout(120_000, () => request.destroy(new Error('timeout')));
    request.end(body);
  });
}
