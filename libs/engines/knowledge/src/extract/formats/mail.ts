import PostalMime from 'postal-mime';
import { htmlText } from './html-text.js';

/** The body of a mail (RFC 5322): its plain text, or else its HTML as text. Attachments are left alone. */
export async function readMail(bytes: Uint8Array): Promise<string> {
  const { text, html } = await PostalMime.parse(bytes);
  return text === undefined || text.trim() === '' ? htmlText(html ?? '') : text.replaceAll('\r\n', '\n').trim();
}
