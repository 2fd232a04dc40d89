import { parsePythonJson, pythonJson } from '#common';
import { isCollection, isScalar, parseAllDocuments, visit, type Document } from 'yaml';
import { UnreadableDocumentError } from '../extract.errors.js';

/** JSON with its layout made even. Throws SyntaxError. */
export function tidyJson(text: string): string {
  return pythonJson(parsePythonJson(text, { bigIntegers: true }), 2);
}

/** YAML with its layout made even: comments go, keys stay in their order. Aliases are not followed, so none can multiply. */
export function tidyYaml(text: string): string {
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  if (!Array.isArray(documents)) return '';
  return documents.map(tidyDocument).join('---\n');
}

function tidyDocument(document: Document.Parsed): string {
  const [error] = document.errors;
  if (error !== undefined) throw new UnreadableDocumentError(error.message.split('\n', 1)[0] as string);
  document.commentBefore = null;
  document.comment = null;
  document.directives.docStart = null;
  document.directives.docEnd = false;
  visit(document, {
    Node: (_, node) => {
      node.comment = null;
      node.commentBefore = null;
      node.spaceBefore = false;
      if (isCollection(node)) node.flow = false;
      if (isScalar(node) && typeof node.value === 'string') delete node.type;
    },
  });
  return document.toString({ indentSeq: false, singleQuote: true, lineWidth: 0 });
}
