import { getDocumentProxy } from 'unpdf';
import type { BoundedText } from '../bounded-text.js';
import { UnreadableDocumentError } from '../extract.errors.js';

/** Writes the text of a PDF's pages, one behind the other. Throws for one that is locked or broken. */
export async function readPdf(bytes: Uint8Array, text: BoundedText, signal?: AbortSignal): Promise<void> {
  // The library takes the bytes for itself and leaves an empty array behind.
  const document = await getDocumentProxy(Uint8Array.from(bytes), { isEvalSupported: false, verbosity: 0 }).catch((error: unknown) => {
    const { name } = error as Error;
    throw name === 'PasswordException' ? new UnreadableDocumentError('it is locked with a password', { cause: error }) : error;
  });
  try {
    for (let number = 1; number <= document.numPages; number += 1) {
      signal?.throwIfAborted();
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) if ('str' in item) text.add(item.hasEOL ? `${item.str}\n` : item.str);
      page.cleanup();
    }
  } finally {
    await document.loadingTask.destroy();
  }
}
