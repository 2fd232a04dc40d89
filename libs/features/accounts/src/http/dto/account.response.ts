import { unixSeconds } from '#common';
import type { SignedUrls } from '#platform/secrets';
import type { AccountEntity } from '../../entities/account.entity.js';

const IS_URL = /^https?:\/\//;

/** A person's own account. */
export class AccountResponse {
  /** Id of the account. @example 01935c1e-7b9a-7000-8000-000000000001 */
  id: string;
  /** Name that others see. @example Ada */
  name: string;
  /** Mail address. @example ada@example.com */
  email: string;
  /** Id of an uploaded picture, or its URL. @example https://example.com/ada.png */
  avatar: string | null;
  /** Link to the picture; made anew with each answer. @example https://example.com/ada.png */
  avatar_url: string | null;
  /** Whether the account can sign in with a password. @example true */
  is_password_set: boolean;
  /** Language of the interface. @example en-US */
  interface_language: string | null;
  /** Colours of the interface. @example light */
  interface_theme: string | null;
  /** Time zone as an IANA name. @example Europe/Berlin */
  timezone: string | null;
  /** When the account last signed in; Unix seconds. @example 1795422647 */
  last_login_at: number | null;
  /** Address from which it did. @example 127.0.0.1 */
  last_login_ip: string | null;
  /** When the account was made; Unix seconds. @example 1795422647 */
  created_at: number | null;

  /** Makes the answer; `origin` is where links start when no public address is configured. */
  static from(account: AccountEntity, urls: SignedUrls, origin: string): AccountResponse {
    return Object.assign(new AccountResponse(), {
      id: account.id,
      name: account.name,
      email: account.email,
      avatar: account.avatar,
      avatar_url: avatarUrlOf(account, urls, origin),
      is_password_set: account.password !== null,
      interface_language: account.interfaceLanguage,
      interface_theme: account.interfaceTheme,
      timezone: account.timezone,
      last_login_at: unixSeconds(account.lastLoginAt),
      last_login_ip: account.lastLoginIp,
      created_at: unixSeconds(account.createdAt),
    });
  }
}

/** Link to an account's picture: a URL as it is stored, a file that the account uploaded by a signed link. */
export function avatarUrlOf({ id, avatar }: Pick<AccountEntity, 'id' | 'avatar'>, urls: SignedUrls, origin: string): string | null {
  if (avatar === null || avatar === '') return null;
  return IS_URL.test(avatar) ? avatar : urls.uploadedFile(id, avatar, { origin });
}
