import { UnauthorizedError } from '#common';
import type { AuthRequest } from '#platform/http';

/** The API key of a request. Throws 401 with the words of contract service-and-web-api 3. */
export function bearerKeyOf({ headers }: AuthRequest): string {
  const header = headers.authorization ?? '';
  const [scheme, token] = header.split(/\s+/, 2);
  if (token === undefined || !scheme) throw new UnauthorizedError("Authorization header must be provided and start with 'Bearer'");
  if (scheme.toLowerCase() !== 'bearer') throw new UnauthorizedError("Authorization scheme must be 'Bearer'");
  return header.slice(header.indexOf(token)).trim();
}
