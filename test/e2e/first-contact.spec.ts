import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from '../../bench/lib/processes.mjs';
import { type RunningBaya, startBaya, statusOf } from '../../bench/lib/servers.mjs';

const run = promisify(execFile);

/** The promise of the README: nothing but Node, one command, a streamed answer. */
describe('first contact', () => {
  let baya: RunningBaya;

  beforeAll(async () => {
    baya = await startBaya({ env: { LOG_LEVEL: 'info' } });
    // Ready comes a moment before the words.
    await until(() => baya.firstContact() !== null && baya.child.output().includes('curl -N'), 'the first contact', { child: baya.child });
  });

  afterAll(async () => {
    await baya?.stop();
    baya?.remove();
  });

  it('should write what it prints to first-contact.json', () => {
    const contact = baya.firstContact();

    expect(contact).toEqual({
      api: expect.stringContaining(String(baya.port)),
      docs: expect.stringMatching(/^http/),
      key: expect.stringMatching(/^app-/),
      curl: expect.stringContaining('curl -N'),
    });
    expect(baya.child.output()).toContain(contact?.curl);
  });

  it('should stream an answer to the printed command as it stands', async () => {
    const { stdout } = await run('bash', ['-c', baya.firstContact()?.curl ?? '']);
    const events = stdout
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: '))
      .map((frame) => JSON.parse(frame.slice(6)) as { event: string; answer?: string });

    expect(
      events
        .filter(({ event }) => event === 'message')
        .map(({ answer }) => answer)
        .join(''),
    ).not.toBe('');
    expect(events.at(-1)?.event).toBe('message_end');
  });

  it('should not count the demo as set up', async () => {
    const response = await fetch(`${baya.base}/console/api/setup`);

    expect(await response.json()).toMatchObject({ step: 'not_started' });
  });

  it('should serve the start page and the documentation', async () => {
    const page = await fetch(`${baya.base}/`);

    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>');
    expect(await statusOf(baya.firstContact()?.docs ?? '')).toBe(200);
  });

  it('should leave the demo out when told so', async () => {
    const plain = await startBaya({ env: { DEMO: 'false' } });

    const contact = await until(() => plain.firstContact(), 'the first contact', { child: plain.child });
    expect(contact.key).toBeNull();
    await plain.stop();
    plain.remove();
  });
});
