import * as readability from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { elementText, type TextNode } from './element-text.js';

/** What a page says, without what is around it. */
export interface ReadablePage {
  /** "" when it has none. */
  readonly title: string;
  readonly author: string;
  readonly text: string;
}

/** Its types name the DOM of browsers, which there is none of here. */
const { Readability } = readability as unknown as {
  Readability: new (document: unknown, options: { serializer(node: TextNode): TextNode }) => { parse(): Article | null };
};

interface Article {
  readonly title: string | null | undefined;
  readonly byline: string | null | undefined;
  readonly content: TextNode | null | undefined;
}

/** Shorter articles are no find. */
const SHORTEST_ARTICLE = 140;

/** Reads a page: first all of its text, then, where there is one, its article. May take for ever on pages that are made to. */
export function* readPage(html: string): Generator<ReadablePage> {
  const isWhole = /<html[\s>]/i.test(html);
  const { document } = parseHTML(isWhole ? html : `<html><head></head><body>${html}</body></html>`) as unknown as {
    document: { title: string; body: TextNode; querySelector(selector: string): TextNode | null };
  };
  const title = (document.querySelector('title')?.textContent ?? '').trim();
  const whole = elementText(document.body);
  yield { title, author: '', text: whole };
  const article = new Readability(document, { serializer: (node) => node }).parse();
  const text = article?.content ? elementText(article.content) : '';
  if (text.length < SHORTEST_ARTICLE) return;
  yield { title: article?.title?.trim() || title, author: (article?.byline ?? '').trim(), text };
}
