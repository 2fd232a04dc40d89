/** One part of a form. */
export interface FormPart {
  readonly name: string;
  readonly content: Uint8Array;
  /** For files. */
  readonly file?: { readonly name: string; readonly mimeType: string };
}

/** A form as multipart/form-data (RFC 7578). */
export function multipartBody(parts: readonly FormPart[], boundary: string): Uint8Array {
  const pieces = parts.flatMap(({ name, content, file }) => {
    const filename = file === undefined ? '' : `; filename="${quotable(file.name)}"`;
    const type = file === undefined ? '' : `Content-Type: ${file.mimeType}\r\n`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"${filename}\r\n${type}\r\n`;
    return [Buffer.from(head), content, Buffer.from('\r\n')];
  });
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/** As browsers write names: quotes and line breaks would end the header. */
function quotable(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
