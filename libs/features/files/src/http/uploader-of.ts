import { UnexpectedError } from '#common';
import type { AppKeyPrincipal, ConsolePrincipal } from '#platform/http';
import type { Uploader } from '../upload-file.js';

/** Who uploads through this request. */
export function uploaderOf(principal: AppKeyPrincipal | ConsolePrincipal): Uploader {
  if (principal.kind === 'console') return { role: 'account', id: principal.accountId };
  if (principal.endUser !== null) return { role: 'end_user', id: principal.endUser.id };
  throw new UnexpectedError({ code: 'unknown', status: 500, message: 'An upload route has to ask for the user of the app key.' });
}
