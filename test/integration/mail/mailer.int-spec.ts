import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { loadConfig, MailConfig, ServerConfig } from '#platform/config';
import { type Mailer, MailUnavailableError, makeMailer, OutboxMailer, SmtpMailer, type SmtpOptions } from '#platform/mail';
import { SmtpServer, type SmtpServerOptions } from '../../support/smtp-server.js';

const FROM = 'Baya <no-reply@baya.example>';
const CODE = 'Your code is 123456';
const mail = { to: 'ada@example.com', subject: 'Your code', html: '<b>123456</b>', text: CODE };

interface Opened {
  mailer: Mailer;
  /** What was handed over: headers and body of each mail, and its receivers where they are told apart from the headers. */
  mails(): { message: string; to?: string[] }[];
  close(): Promise<void>;
}

const outbox = async (): Promise<Opened> => {
  const root = mkdtempSync(join(tmpdir(), 'baya-mail-'));
  const folder = join(root, 'outbox');
  return {
    mailer: new OutboxMailer(folder, FROM),
    mails: () => readdirSync(folder).map((file) => ({ message: readFileSync(join(folder, file), 'utf8') })),
    close: async () => rmSync(root, { recursive: true, force: true }),
  };
};

const smtp = async (): Promise<Opened> => {
  const server = await new SmtpServer().start();
  const mailer = new SmtpMailer({ host: '127.0.0.1', port: server.port, encryption: 'none', from: FROM, timeoutMs: 5000 });
  return { mailer, mails: () => server.mails, close: () => server.stop() };
};

const headersOf = (message: string): string => message.slice(0, message.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');

/** The parts of a message by media type, decoded. */
function partsOf(message: string): Record<string, string> {
  const boundary = /boundary="([^"]+)"/.exec(message)![1]!;
  const parts = message.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const [head = '', body = ''] = part.split('\r\n\r\n');
      const encoding = /content-transfer-encoding: (\S+)/i.exec(head)?.[1];
      return [/content-type: ([^;\s]+)/i.exec(head)![1]!, encoding === 'base64' ? Buffer.from(body, 'base64').toString() : body.trim()];
    }),
  );
}

beforeEach(() => void vi.spyOn(Logger.prototype, 'log').mockReturnValue(undefined));
afterEach(() => void vi.restoreAllMocks());

describe.each([
  ['outbox', outbox],
  ['SMTP', smtp],
])('Mailer (%s)', (_, open) => {
  let opened: Opened;
  beforeEach(async () => void (opened = await open()));
  afterEach(() => opened.close());

  it('should hand over a mail with both parts', async () => {
    await opened.mailer.check();
    await opened.mailer.send(mail);

    const [{ message }] = opened.mails() as [{ message: string }];
    expect(headersOf(message)).toMatch(/^From: Baya <no-reply@baya\.example>$/m);
    expect(headersOf(message)).toMatch(/^To: ada@example\.com$/m);
    expect(headersOf(message)).toMatch(/^Subject: Your code$/m);
    expect(headersOf(message)).toMatch(/^Message-ID: <\S+@baya\.example>$/m);
    expect(partsOf(message)).toEqual({ 'text/plain': CODE, 'text/html': '<b>123456</b>' });
  });

  it('should keep lines within the limits of mail for any text', async () => {
    await opened.mailer.send({ ...mail, subject: `Wörter ${'über '.repeat(80)}`, html: `<p>${'あ'.repeat(5000)}</p>`, text: '.\r\nx' });

    const [{ message }] = opened.mails() as [{ message: string }];
    expect(message.split('\r\n').every((line) => line.length <= 998 && /^[\x20-\x7e\t]*$/.test(line))).toBe(true);
    expect(headersOf(message)).toMatch(/^Subject: (=\?UTF-8\?[BQ]\?[^?]+\?=\s*)+$/m);
    expect(partsOf(message)['text/plain']).toBe('.\r\nx');
  });

  it.each(['ada@example.com\r\nBcc: eve@example.com', 'ada@example.com, eve@example.com', 'x: ada@example.com, eve@example.com;'])(
    'should add neither header nor receiver for the address %j',
    async (to) => {
      await opened.mailer.send({ ...mail, to, subject: 'x\r\nX-Evil: 1\r\n\r\nbody' }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(MailUnavailableError);
      });

      for (const { message, to: receivers = [] } of opened.mails()) {
        expect(headersOf(message)).not.toMatch(/^(Bcc|Cc|X-Evil):/m);
        expect(receivers.length).toBeLessThan(2);
        expect(receivers).not.toContain('eve@example.com');
      }
    },
  );

  it('should log the subject and neither receiver nor content', async () => {
    await opened.mailer.send(mail);

    const logged = JSON.stringify(vi.mocked(Logger.prototype.log).mock.calls);
    expect(logged).toContain('Your code');
    expect(logged).not.toMatch(/ada@example\.com|123456/);
  });
});

describe('OutboxMailer', () => {
  it('should write for the owner of the process only', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'baya-mail-')), 'outbox');
    await new OutboxMailer(folder, FROM).send(mail);

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, readdirSync(folder)[0]!)).mode & 0o777).toBe(0o600);
  });

  it('should say that it can not write', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'baya-mail-')), 'file');
    writeFileSync(file, '');

    await expect(new OutboxMailer(file, FROM).check()).rejects.toMatchObject({ code: 'mail_unavailable', status: 503 });
    await expect(new OutboxMailer(file, FROM).send(mail)).rejects.toBeInstanceOf(MailUnavailableError);
  });
});

describe('SmtpMailer', () => {
  let server: SmtpServer;
  const start = async (options: SmtpServerOptions, changes: Partial<SmtpOptions> = {}): Promise<SmtpMailer> => {
    server = await new SmtpServer(options).start();
    return new SmtpMailer({ host: 'localhost', port: server.port, encryption: 'none', from: FROM, timeoutMs: 5000, ...changes });
  };
  afterEach(() => server.stop());

  const failing = async (mailer: SmtpMailer): Promise<string> => {
    const error = await mailer.send(mail).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MailUnavailableError);
    expect(server.mails).toEqual([]);
    return String((error as MailUnavailableError).cause);
  };

  it('should sign in as configured', async () => {
    const user = { name: 'baya', password: 'p4ss word' };
    const mailer = await start({ user }, { credentials: { username: user.name, password: user.password } });

    await mailer.check();
    await mailer.send(mail);

    expect(server.mails).toMatchObject([{ user: 'baya', from: 'no-reply@baya.example', to: ['ada@example.com'] }]);
  });

  it('should tell a wrong password without repeating it', async () => {
    const mailer = await start({ user: { name: 'baya', password: 'right' } }, { credentials: { username: 'baya', password: 'wr0ng' } });

    expect(await failing(mailer)).toMatch(/^(?!.*wr0ng).*535/);
    await expect(mailer.check()).rejects.toBeInstanceOf(MailUnavailableError);
  });

  it('should give a server up that says nothing', async () => {
    expect(await failing(await start({ fault: 'silent' }, { timeoutMs: 200 }))).toMatch(/200 ms|greeting/i);
  });

  it('should tell a refused receiver without naming him', async () => {
    expect(await failing(await start({ fault: 'refuse-receiver' }))).toMatch(/^(?!.*ada@example\.com).*550/);
  });

  it('should tell a connection that was cut', async () => {
    expect(await failing(await start({ fault: 'cut-at-data' }))).not.toMatch(/ada@example\.com|123456/);
  });

  it('should send nothing without the encryption that was asked for', async () => {
    const credentials = { username: 'baya', password: 'p' };
    await failing(await start({}, { encryption: 'starttls', credentials }));
    await server.stop();
    await failing(await start({}, { encryption: 'tls', credentials }));
  });

  describe.skipIf(!hasOpenssl())('with a certificate (needs the program openssl)', () => {
    const tls = hasOpenssl() ? makeCertificate() : { key: '', cert: '' };

    it.each([
      ['tls', true],
      ['starttls', false],
    ] as const)('should encrypt by %s', async (encryption, secure) => {
      const mailer = await start({ tls, secure }, { encryption, ca: tls.cert });

      await mailer.send(mail);

      expect(server.mails).toMatchObject([{ to: ['ada@example.com'], isEncrypted: true }]);
    });

    it('should refuse a certificate of nobody it trusts', async () => {
      expect(await failing(await start({ tls, secure: true }, { encryption: 'tls' }))).toMatch(/certificate/);
    });
  });
});

describe('makeMailer', () => {
  const made = (env: Record<string, string>): Mailer => {
    const config = loadConfig(env);
    return makeMailer(config.get(MailConfig), config.get(ServerConfig));
  };

  it('should hand mails to the configured server, by the names that Dify has', async () => {
    const user = { name: 'baya', password: 'secret' };
    const server = await new SmtpServer({ user }).start();
    const mailer = made({
      MAIL_TYPE: 'smtp',
      MAIL_DEFAULT_SEND_FROM: 'Nest <nest@baya.example>',
      SMTP_SERVER: '127.0.0.1',
      SMTP_PORT: String(server.port),
      SMTP_USERNAME: user.name,
      SMTP_PASSWORD: user.password,
      SMTP_USE_TLS: 'false',
    });

    await mailer.send(mail);
    await server.stop();

    expect(server.mails).toMatchObject([{ from: 'nest@baya.example', user: 'baya', isEncrypted: false }]);
  });

  it.each(['', 'outbox', 'resend'])('should write to the outbox for MAIL_TYPE=%s', async (type) => {
    const folder = mkdtempSync(join(tmpdir(), 'baya-mail-'));
    await made({ MAIL_TYPE: type, MAIL_OUTBOX_PATH: folder }).send(mail);

    expect(readdirSync(folder)).toHaveLength(1);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A certificate of localhost that signs itself. */
function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'baya-cert-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
