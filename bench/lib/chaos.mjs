// What chaos checks: every chat a caller heard of is kept, and tells what became of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { streamChat } from './load.mjs';
import { isAlive, until } from './processes.mjs';
import { statusOf } from './servers.mjs';

/** Starts `count` streamed chats, each of a user of its own; `seen` fills while they run. */
export function startChats({ base, key, count, prefix }) {
  const users = Array.from({ length: count }, (_, index) => `${prefix}-${String(index)}`);
  const live = users.map((user) => ({ user, seen: null, acknowledged: null }));
  const ended = live.map(async (chat) => {
    chat.seen = await streamChat({
      base,
      key,
      user: chat.user,
      query: `tell me about ${chat.user}`,
      onFrame: (_, seen) => (chat.acknowledged ??= { messageId: seen.messageId, conversationId: seen.conversationId }),
    });
    return chat;
  });
  return { live, ended: Promise.all(ended) };
}

async function storedMessage({ base, key, chat }) {
  const query = new URLSearchParams({ user: chat.user, conversation_id: chat.acknowledged.conversationId, limit: '20' });
  const response = await fetch(`${base}/v1/messages?${query}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(10_000),
  });
  const body = await response.json();
  if (response.status !== 200)
    return { missing: `GET /v1/messages answered ${String(response.status)} ${JSON.stringify(body).slice(0, 200)}` };
  return body.data.find((message) => message.id === chat.acknowledged.messageId) ?? { missing: 'no such message' };
}

/** What is wrong with one stored chat, or null: a whole answer is kept whole, an interrupted one is failed with a reason. */
async function faultOf({ base, key, chat }) {
  const message = await storedMessage({ base, key, chat });
  if (message.missing) return { chat, fault: message.missing };
  const isFailed = message.status === 'error' && Boolean(message.error);
  const isWhole = message.status === 'normal';
  if (chat.seen.isEnded && isWhole && message.answer === chat.seen.answer) return null;
  if (!chat.seen.isEnded && (isFailed || (isWhole && message.answer.length >= chat.seen.answer.length && message.answer !== '')))
    return null;
  return {
    chat,
    fault: `the caller saw ${chat.seen.isEnded ? 'the end' : 'a part'} (${String(chat.seen.answer.length)} characters), stored is status ${message.status}, error ${JSON.stringify(message.error)}, ${String(message.answer?.length)} characters`,
  };
}

/** Checks all acknowledged chats, again and again until all is well or the time is over (a take-over needs the dead process's lease). */
export async function verify({ base, key, chats, timeoutMs = 25_000 }) {
  const acknowledged = chats.filter((chat) => chat.acknowledged?.messageId);
  const since = performance.now();
  let open = acknowledged;
  let faults = [];
  for (const deadline = Date.now() + timeoutMs; open.length > 0; await sleep(250)) {
    faults = (
      await Promise.all(open.map((chat) => faultOf({ base, key, chat }).catch((error) => ({ chat, fault: error.message }))))
    ).filter(Boolean);
    open = faults.map(({ chat }) => chat);
    if (open.length > 0 && Date.now() > deadline) break;
  }
  return {
    started: chats.length,
    acknowledged: acknowledged.length,
    whole: acknowledged.filter((chat) => chat.seen.isEnded).length,
    interrupted: acknowledged.filter((chat) => !chat.seen.isEnded).length,
    settledMs: Math.round(performance.now() - since),
    faults: faults.map(({ chat, fault }) => `${chat.user}: ${fault}`),
  };
}

/** Asks for chats, parameters and readiness as long as a fault lasts; counts the answers, and how long the slowest took. */
export function probe({ base, key, everyMs = 250 }) {
  const statuses = {};
  let slowestMs = 0;
  let isOver = false;
  const count = (name, status) => {
    statuses[name] ??= {};
    statuses[name][status] = (statuses[name][status] ?? 0) + 1;
  };
  const chat = async () => {
    const since = performance.now();
    const seen = await streamChat({ base, key, user: 'probe', signal: AbortSignal.timeout(40_000) });
    slowestMs = Math.max(slowestMs, seen.firstMs ?? performance.now() - since);
    const code =
      seen.status === 200
        ? seen.isEnded
          ? 'whole'
          : seen.error
            ? `error event ${String(seen.error.code)}`
            : 'cut'
        : seen.status === 0
          ? String(seen.failure)
          : `${String(seen.status)} ${/"code":"([a-z_]+)"/.exec(seen.body)?.[1] ?? 'without a code'}`;
    count('chat', code);
  };
  const running = [];
  const loop = (async () => {
    while (!isOver) {
      running.push(chat());
      running.push(statusOf(`${base}/ready`, { timeoutMs: 10_000 }).then((status) => count('ready', status)));
      running.push(statusOf(`${base}/health`, { timeoutMs: 10_000 }).then((status) => count('health', status)));
      await sleep(everyMs);
    }
  })();
  return async () => {
    isOver = true;
    await loop;
    await Promise.all(running);
    return { statuses, slowestMs: Math.round(slowestMs) };
  };
}

/** How long after `since` the server is ready and answers a whole chat again, in ms; throws when it does not. */
export async function recovery({ base, key, child, since, timeoutMs = 40_000 }) {
  const chatWhole = async () => (await streamChat({ base, key, user: 'recovery', signal: AbortSignal.timeout(10_000) })).isEnded;
  await until(async () => (await statusOf(`${base}/ready`)) === 200 && (await chatWhole()), 'a whole chat after the fault', {
    child,
    timeoutMs,
    everyMs: 100,
  });
  return Math.round(performance.now() - since);
}

/** Children of a killed process that still live after a while. */
export async function orphansOf(children, timeoutMs = 8000) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline && children.some(isAlive);) await sleep(50);
  return children.filter(isAlive);
}
