import type { PromptMessage } from '#engines/model-runtime';
import { PageSummarizer } from '../ports/page-summarizer.port.js';
import { WebPages, type Page, type PageRequest } from '../ports/web-pages.port.js';

/** One page, whatever is asked for; or an error. Remembers the requests. */
export class OnePage extends WebPages {
  readonly requests: PageRequest[] = [];

  constructor(private readonly page: (Partial<Omit<Page, 'body'>> & { readonly body?: string | Uint8Array }) | Error) {
    super();
  }

  override fetch(request: PageRequest): Promise<Page> {
    this.requests.push(request);
    if (this.page instanceof Error) return Promise.reject(this.page);
    const { status = 200, url = request.url, contentType = 'text/html; charset=utf-8', body = '' } = this.page;
    return Promise.resolve({ status, url, contentType, body: typeof body === 'string' ? Buffer.from(body) : body });
  }
}

/** Sums up by the length of what it got. */
export class CountingSummarizer extends PageSummarizer {
  readonly asked: (readonly PromptMessage[])[] = [];

  override ask(messages: readonly PromptMessage[]): Promise<string> {
    this.asked.push(messages);
    return Promise.resolve(` ${String(this.asked.length)}: ${String((messages.at(-1)?.content as string).length)} characters `);
  }
}
