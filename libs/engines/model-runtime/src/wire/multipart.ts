import { randomUUID } from 'node:crypto';

/** A file in a form. */
export interface FormFile {
  field: string;
  filename: string;
  mimeType: string;
  bytes: Uint8Array;
}

/** A form with one file as `multipart/form-data`. */
export function multipartForm(fields: Record<string, string>, file: FormFile): { body: Uint8Array; contentType: string } {
  const boundary = `baya-${randomUUID()}`;
  let head = '';
  for (const [name, value] of Object.entries(fields)) {
    head += `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`;
  }
  head += `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(file.field)}"; filename="${quoted(file.filename)}"\r\n`;
  head += `content-type: ${file.mimeType.replaceAll(/[\r\n]/g, '')}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** As browsers escape names in forms. */
function quoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
