import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers, an empty line, the body. */
  message: string;
  user: string | undefined;
  isEncrypted: boolean;
}

export interface SmtpServerOptions {
  /** Encrypted from the first byte. Default false. */
  secure?: boolean;
  /** With them `secure` works, and STARTTLS is offered without it. */
  tls?: { key: string; cert: string };
  /** Who may sign in; absent: nobody is asked to. */
  user?: { name: string; password: string };
  /** What to do wrong. */
  fault?: 'silent' | 'refuse-receiver' | 'cut-at-data';
}

/** A small mail server on the loopback address: as much of SMTP as clients need. */
export class SmtpServer {
  readonly mails: ReceivedMail[] = [];
  port = 0;
  private server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly options: SmtpServerOptions = {}) {}

  async start(): Promise<this> {
    const onSocket = (socket: Socket): void => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
      new Session(this.options, this.mails).serve(socket, this.options.fault !== 'silent');
    };
    this.server = this.options.secure ? createTlsServer(this.options.tls ?? {}, onSocket) : createServer(onSocket);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as { port: number }).port;
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** One connection. */
class Session {
  private held = '';
  private isReading = false;
  private mail: ReceivedMail | null = null;
  private user: string | undefined;
  private socket: Socket;

  constructor(
    private readonly options: SmtpServerOptions,
    private readonly mails: ReceivedMail[],
  ) {}

  serve(socket: Socket, greet: boolean): void {
    this.socket = socket;
    this.held = '';
    socket.on('data', (chunk: Buffer) => this.take(chunk.toString('latin1')));
    if (greet) this.say('220 test ESMTP');
  }

  private say(line: string): void {
    this.socket.write(`${line}\r\n`);
  }

  private take(text: string): void {
    this.held += text;
    for (;;) {
      const end = this.isReading ? this.held.indexOf('\r\n.\r\n') : this.held.indexOf('\r\n');
      if (end < 0) return;
      const piece = this.held.slice(0, end);
      this.held = this.held.slice(end + (this.isReading ? 5 : 2));
      if (this.isReading) this.finish(piece);
      else this.obey(piece);
    }
  }

  private finish(message: string): void {
    this.isReading = false;
    if (this.mail) this.mails.push({ ...this.mail, message: message.replaceAll('\r\n..', '\r\n.') });
    this.mail = null;
    this.say('250 taken');
  }

  private obey(line: string): void {
    const [verb = ''] = line.toUpperCase().split(' ', 1);
    const isEncrypted = this.socket instanceof TLSSocket;
    if (verb === 'EHLO' || verb === 'HELO') {
      const offers = ['AUTH PLAIN', ...(this.options.tls && !isEncrypted ? ['STARTTLS'] : [])];
      this.socket.write(`250-test\r\n${offers.map((offer, n) => `250${n === offers.length - 1 ? ' ' : '-'}${offer}\r\n`).join('')}`);
    } else if (verb === 'STARTTLS') this.startTls();
    else if (verb === 'AUTH') this.signIn(line);
    else if (verb === 'MAIL') {
      if (this.options.user && this.user === undefined) {
        this.say('530 sign in first');
        return;
      }
      this.mail = { from: addressIn(line), to: [], message: '', user: this.user, isEncrypted };
      this.say('250 ok');
    } else if (verb === 'RCPT') {
      if (this.options.fault === 'refuse-receiver') {
        this.say(`550 5.1.1 <${addressIn(line)}> is unknown`);
        return;
      }
      this.mail?.to.push(addressIn(line));
      this.say('250 ok');
    } else if (verb === 'DATA') {
      if (this.options.fault === 'cut-at-data') return void this.socket.destroy();
      this.isReading = true;
      this.say('354 go on');
    } else if (verb === 'QUIT') {
      this.say('221 bye');
      this.socket.end();
    } else this.say('250 ok');
  }

  private startTls(): void {
    const plain = this.socket;
    plain.removeAllListeners('data');
    plain.write('220 go ahead\r\n');
    this.serve(new TLSSocket(plain, { isServer: true, ...this.options.tls }), false);
  }

  private signIn(line: string): void {
    const [, name, password] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
      .toString()
      .split('\0');
    if (name !== this.options.user?.name || password !== this.options.user?.password) {
      this.say('535 5.7.8 wrong');
      return;
    }
    this.user = name;
    this.say('235 ok');
  }
}

const addressIn = (line: string): string => /<([^]*)>/.exec(line)?.[1] ?? line;
