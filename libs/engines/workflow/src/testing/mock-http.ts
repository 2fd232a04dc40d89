import { WorkflowHttp, type HttpAnswer, type HttpCall } from '../ports/http.port.js';

/** What a mocked server answers. State only what matters: 200, no headers, no body. */
export interface MockAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pieces come one by one. */
  readonly body?: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly url?: string;
}

/** Answers by a script, and remembers what was sent. */
export class MockHttp extends WorkflowHttp {
  readonly calls: HttpCall[] = [];
  /** Answers whose reader has left before their end. */
  discarded = 0;

  constructor(private readonly answer: MockAnswer | Error | ((call: HttpCall, count: number) => MockAnswer | Error) = {}) {
    super();
  }

  /** The only call so far, its body as text. */
  get sent(): HttpCall & { text: string } {
    const [call, ...more] = this.calls;
    if (call === undefined || more.length > 0) throw new Error(`${this.calls.length} calls were sent.`);
    return { ...call, text: Buffer.from(call.body ?? []).toString('utf8') };
  }

  override send(call: HttpCall): Promise<HttpAnswer> {
    this.calls.push(call);
    const answer = typeof this.answer === 'function' ? this.answer(call, this.calls.length) : this.answer;
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve({
      status: answer.status ?? 200,
      headers: answer.headers ?? {},
      url: answer.url ?? call.url,
      body: this.pieces(answer),
      discard: () => {
        this.discarded += 1;
      },
    });
  }

  private async *pieces({ body = '' }: MockAnswer): AsyncGenerator<Uint8Array> {
    let isRead = false;
    try {
      if (typeof body === 'string') yield Buffer.from(body);
      else if (body instanceof Uint8Array) yield body;
      else yield* body;
      isRead = true;
    } finally {
      if (!isRead) this.discarded += 1;
    }
  }
}
