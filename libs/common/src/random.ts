import { randomInt } from 'node:crypto';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random code of letters and digits from a cryptographic generator (contract console-apps 1.4). */
export function randomCode(length: number): string {
  let code = '';
  for (let i = 0; i < length; i += 1) code += ALPHANUMERIC[randomInt(ALPHANUMERIC.length)] as string;
  return code;
}
