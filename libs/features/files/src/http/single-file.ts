import type { UploadForm, UploadedPart } from '#platform/http';
import { FilenameMissingError, NoFileUploadedError, TooManyFilesError } from '../files.errors.js';

/** The one file of an upload form. Throws the 400 that the contract has for none, several and nameless ones (service-and-web-api 12). */
export function singleFileOf(form: UploadForm): UploadedPart {
  const part = form.file('file');
  if (part === null) throw new NoFileUploadedError();
  if (form.files.length > 1) throw new TooManyFilesError();
  if (part.filename === '') throw new FilenameMissingError();
  return part;
}
