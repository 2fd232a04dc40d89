import { CompoundFile } from '../archive/compound-file.js';
import { decodeText } from '../decode-text.js';
import { htmlText } from './html-text.js';

/** Properties of a message that hold its body ([MS-OXMSG] 2.2.1, [MS-OXPROPS]). */
const BODY_UNICODE = '__substg1.0_1000001F';
const BODY_BYTES = '__substg1.0_1000001E';
const BODY_HTML = '__substg1.0_10130102';
const BODY_HTML_UNICODE = '__substg1.0_1013001F';

/** The body of a message that Outlook saved: its plain text, or else its HTML as text. Throws `UnreadableDocumentError`. */
export function readOutlookMessage(bytes: Uint8Array): string {
  const file = new CompoundFile(bytes);
  const plain = file.read(BODY_UNICODE)?.toString('utf16le') ?? decoded(file.read(BODY_BYTES));
  if (plain.trim() !== '') return plain.replaceAll('\r\n', '\n').trim();
  return htmlText(file.read(BODY_HTML_UNICODE)?.toString('utf16le') ?? decoded(file.read(BODY_HTML)));
}

function decoded(bytes: Buffer | null): string {
  return bytes === null ? '' : decodeText(bytes);
}
