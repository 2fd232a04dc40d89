const $ = (id) => document.getElementById(id);
const user = 'playground';
let conversation = '';
let task = '';

async function showStatus() {
  const response = await fetch('/ready').catch(() => undefined);
  const body = response ? await response.json().catch(() => ({})) : {};
  const items = (body.dependencies ?? []).map(({ name, status }) => [name, status === 'ok']);
  $('status').replaceChildren(
    ...[['api', response !== undefined], ...items].map(([name, up]) => {
      const item = document.createElement('li');
      item.textContent = name;
      if (!up) item.className = 'down';
      return item;
    }),
  );
}

async function fillKey() {
  const response = await fetch('/docs/config.json').catch(() => undefined);
  const config = response?.ok ? await response.json() : {};
  if (!config.demoKey) $('hint').textContent = 'Paste the key of an app to talk to it. (This server has no demo app.)';
  else if (!$('key').value) $('key').value = config.demoKey;
  showCurl('Hello, Baya!');
  $('send').disabled = false;
}

const bodyOf = (query) => ({ inputs: {}, query, response_mode: 'streaming', conversation_id: conversation, user });
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
function showCurl(query) {
  $('curl').textContent = [
    `curl -N ${location.origin}/v1/chat-messages`,
    `  -H 'Authorization: Bearer ${$('key').value || 'app-...'}'`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${quote(JSON.stringify(bodyOf(query)))}`,
  ].join(' \\\n');
}

function say(text, kind) {
  const item = document.createElement('li');
  item.className = kind;
  item.textContent = text;
  $('thread').append(item);
  item.scrollIntoView({ block: 'nearest' });
  return item;
}

function take(frame, answer) {
  $('events').textContent += `${frame}\n\n`;
  $('events').scrollTop = $('events').scrollHeight;
  if (!frame.startsWith('data: ')) return;
  const event = JSON.parse(frame.slice(6));
  task = event.task_id ?? task;
  conversation = event.conversation_id ?? conversation;
  if (event.event === 'message') answer.textContent += event.answer;
  else if (event.event === 'message_replace') answer.textContent = event.answer;
  else if (event.event === 'error') {
    answer.textContent += event.message;
    answer.className = 'error';
  }
}

async function send(query) {
  say(query, 'mine');
  const answer = say('', 'theirs');
  showCurl(query);
  $('events').textContent = '';
  const response = await call('/v1/chat-messages', bodyOf(query));
  if (!response.ok) {
    const error = await response.json().catch(() => ({ message: response.statusText }));
    answer.textContent = `${error.code ?? response.status}: ${error.message}`;
    answer.className = 'error';
    return;
  }
  $('stop').disabled = false;
  let rest = '';
  for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    const frames = (rest + value).split('\n\n');
    rest = frames.pop();
    for (const frame of frames) take(frame, answer);
    answer.scrollIntoView({ block: 'nearest' });
  }
}

const call = (path, body) =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${$('key').value.trim()}` },
    body: JSON.stringify(body),
  });

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const query = $('query').value.trim();
  if (!query) return;
  $('query').value = '';
  $('send').disabled = true;
  try {
    await send(query);
  } catch (error) {
    say(String(error), 'error');
  } finally {
    $('send').disabled = false;
    $('stop').disabled = true;
    $('query').focus();
  }
});
$('stop').addEventListener('click', () => call(`/v1/chat-messages/${task}/stop`, { user }));
// Another key is another app, which does not know this conversation.
$('key').addEventListener('input', () => {
  conversation = '';
  $('thread').replaceChildren();
  $('events').textContent = '';
  showCurl('Hello, Baya!');
});

await Promise.all([showStatus(), fillKey()]);
setInterval(showStatus, 5000);
