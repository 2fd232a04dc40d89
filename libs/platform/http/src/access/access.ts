import type {
  AdminPrincipal,
  AppKeyPrincipal,
  ConsolePrincipal,
  DatasetKeyPrincipal,
  InnerPrincipal,
  InstalledAppPrincipal,
  PassportPrincipal,
} from './principals.js';

/** Roles that may call a console route: `edit` = owner, admin, editor; `dataset_edit` = these and dataset_operator (contract console-accounts 9). */
export type RoleRule = 'any' | 'edit' | 'admin' | 'owner' | 'dataset_edit';

/** Options of {@link ConsoleAccess}, handed to the console's authenticator. */
export interface ConsoleAccessOptions {
  /** Who may. Default `any`. */
  role: RoleRule;
  /** Whether the installation must be set up (401 `not_setup`). Default true. */
  setup: boolean;
  /** Whether the CSRF header is checked. Default true. */
  csrf: boolean;
  /** Whether an account that is not activated yet is refused (400 `account_not_initialized`). Default true. */
  init: boolean;
}

/** Options of {@link AppKeyAccess}, handed to the authenticator of app keys (contract service-and-web-api 3). */
export interface AppKeyAccessOptions {
  /** Where the caller names his user: JSON body, query, form field, or nowhere. */
  user: 'json' | 'query' | 'form' | 'none';
  /** Whether a missing user is refused with 400; else it is the anonymous default user. Default false. */
  required: boolean;
}

/** Options of {@link Public}. */
export interface PublicOptions {
  /** Whether the installation must be set up before anybody may call. Default false. */
  setup: boolean;
}

/** What each scheme's authenticator gets and gives. */
export interface Schemes {
  console: { options: ConsoleAccessOptions; principal: ConsolePrincipal };
  'app-key': { options: AppKeyAccessOptions; principal: AppKeyPrincipal };
  'dataset-key': { options: object; principal: DatasetKeyPrincipal };
  'admin-key': { options: object; principal: AdminPrincipal };
  passport: { options: object; principal: PassportPrincipal };
  'installed-app': { options: ConsoleAccessOptions; principal: InstalledAppPrincipal };
  inner: { options: object; principal: InnerPrincipal };
}

/** Name of a way to say who one is. */
export type Scheme = keyof Schemes;

/** What a route demands of its caller. */
export type Access =
  { scheme: 'public'; options: PublicOptions } | { [S in Scheme]: { scheme: S; options: Schemes[S]['options'] } }[Scheme];
