import type { Page } from '../../ports/web-pages.port.js';
import { readPageApart } from './page-reader.js';

const HTML = new Set(['text/html', 'application/xhtml+xml']);
const PLAIN = /^(text\/.*|application\/(json|xml|yaml|x-yaml|javascript|x-ndjson)|[^/]+\/[^/]*\+(json|xml))$/;

/** A page as a text for a person or a model; says so when there is none to be had. Rejects with `ToolInvokeError` for a page that can't be read. */
export async function pageText(page: Page, signal: AbortSignal): Promise<string> {
  if (page.status !== 200) return `URL returned status code ${page.status}.`;
  const type = (page.contentType.split(';')[0] ?? '').trim().toLowerCase() || 'text/html';
  if (PLAIN.test(type) && !HTML.has(type)) return decode(page);
  if (!HTML.has(type)) return `Unsupported content-type [${type}] of URL.`;
  const { title, author, text } = await readPageApart(decode(page), signal);
  const heading = [title !== '' && `TITLE: ${title}`, author !== '' && `AUTHOR: ${author}`].filter((line) => line !== false);
  return [...heading, ...(heading.length > 0 ? ['', text] : [text])].join('\n');
}

/** The body as text: by the header's character set, else the page's own, else UTF-8. */
function decode({ contentType, body }: Page): string {
  const start = new TextDecoder('latin1').decode(body.subarray(0, 2048));
  const charset =
    /charset\s*=\s*["']?([\w-]+)/i.exec(contentType)?.[1] ?? /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
