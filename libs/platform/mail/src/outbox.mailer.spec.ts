import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { OutboxMailer } from './outbox.mailer.js';

describe('OutboxMailer', () => {
  const mailIn = async (mail: { to: string; subject: string }): Promise<{ message: string; mode: number }> => {
    const folder = join(mkdtempSync(join(tmpdir(), 'baya-mail-')), 'outbox');
    await new OutboxMailer(folder, 'Baya <no-reply@localhost>').send({ ...mail, html: '<b>123456</b>', text: 'Your code is 123456' });
    const [file = ''] = readdirSync(folder);
    return { message: readFileSync(join(folder, file), 'utf8'), mode: statSync(join(folder, file)).mode & 0o777 };
  };

  beforeEach(() => void vi.spyOn(Logger.prototype, 'log').mockReturnValue(undefined));
  afterEach(() => void vi.restoreAllMocks());

  it('should write a mail with both parts, for the owner of the process only', async () => {
    const { message, mode } = await mailIn({ to: 'a@example.com', subject: 'Wörter' });

    expect(message).toContain('To: a@example.com\r\n');
    expect(message).toContain(`Subject: =?utf-8?B?${Buffer.from('Wörter').toString('base64')}?=\r\n`);
    expect(message).toContain(Buffer.from('Your code is 123456').toString('base64'));
    expect(message).toContain(Buffer.from('<b>123456</b>').toString('base64'));
    expect(mode).toBe(0o600);
  });

  it('should not let a value add headers', async () => {
    const { message } = await mailIn({ to: 'a@example.com\r\nBcc: b@example.com', subject: 'x\nX-Evil: 1' });

    expect(message).not.toMatch(/^(Bcc|X-Evil):/m);
  });

  it('should log the subject and neither receiver nor content', async () => {
    await mailIn({ to: 'a@example.com', subject: 'Your code' });
    const logged = JSON.stringify(vi.mocked(Logger.prototype.log).mock.calls);

    expect(logged).toContain('Your code');
    expect(logged).not.toMatch(/a@example\.com|123456/);
  });
});
