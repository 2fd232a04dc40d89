import { SaxesParser } from 'saxes';
import { decodeText } from '../decode-text.js';
import { UnreadableDocumentError } from '../extract.errors.js';

/** Attributes by local name, prefixed ones by their whole name as well. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** What is told of an XML document, in its order. Names come without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: XmlAttributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

const MAX_DEPTH = 5000;

/** Walks through an XML document. Entities that it declares itself are not known, so none can multiply. Throws `UnreadableDocumentError`. */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  let depth = 0;
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  parser.on('error', (error) => {
    throw new UnreadableDocumentError(`its XML is broken: ${error.message}`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if ((depth += 1) > MAX_DEPTH) throw new UnreadableDocumentError(`its XML is nested deeper than ${MAX_DEPTH} levels`);
    handler.open?.(localName(name), localAttributes(attributes));
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handler.close?.(localName(name));
  });
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.write(decodeText(bytes)).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A prefixed attribute is found by its local name too, unless there is one of that name without a prefix. */
function localAttributes(attributes: Readonly<Record<string, string>>): XmlAttributes {
  const prefixed = Object.keys(attributes).filter((name) => name.includes(':'));
  if (prefixed.length === 0) return attributes;
  return { ...Object.fromEntries(prefixed.map((name) => [localName(name), attributes[name] as string])), ...attributes };
}
