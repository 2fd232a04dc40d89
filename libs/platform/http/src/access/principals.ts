/** A member's role in a workspace (contract console-accounts 9). */
export type Role = 'owner' | 'admin' | 'editor' | 'normal' | 'dataset_operator';

/** What an app is. */
export type AppMode = 'completion' | 'chat' | 'agent-chat' | 'advanced-chat' | 'workflow' | 'channel' | 'rag-pipeline';

/** The end user of an app on whose behalf a key is used (contract service-and-web-api 5). */
export interface EndUserRef {
  /** Id of the row in `end_users`. */
  id: string;
  /** What the caller sent as `user`. */
  sessionId: string;
  /** Whether the caller named nobody and got the app's default user: he acts for the whole app then, else for this user alone. */
  isAnonymous: boolean;
}

/** The person behind a console request. */
export interface ConsoleAccount {
  id: string;
  name: string;
  email: string;
  /** One of the 23 interface languages, such as `en-US`. */
  interfaceLanguage: string | null;
  /** IANA name. */
  timezone: string | null;
  /** `active`, `uninitialized`, ... */
  status: string;
}

/** A signed-in member in his current workspace. */
export interface ConsolePrincipal {
  kind: 'console';
  accountId: string;
  tenantId: string;
  role: Role;
  account: ConsoleAccount;
}

/** The holder of an app's API key. */
export interface AppKeyPrincipal {
  kind: 'app';
  tenantId: string;
  appId: string;
  mode: AppMode;
  keyId: string;
  /** Null on routes that know no user. */
  endUser: EndUserRef | null;
}

/** The holder of a workspace's knowledge API key. */
export interface DatasetKeyPrincipal {
  kind: 'dataset';
  tenantId: string;
  keyId: string;
  /** The workspace's owner, in whose name knowledge is changed. */
  accountId: string;
}

/** A visitor of a published web app. */
export interface PassportPrincipal {
  kind: 'passport';
  tenantId: string;
  appId: string;
  mode: AppMode;
  /** The site's code. */
  appCode: string;
  endUser: EndUserRef;
}

/** A signed-in member who uses an app that is installed in his workspace. */
export interface InstalledAppPrincipal extends Omit<ConsolePrincipal, 'kind'> {
  kind: 'installed-app';
  installedAppId: string;
  appId: string;
  mode: AppMode;
}

/** Another part of the installation that knows the inner key. */
export interface InnerPrincipal {
  kind: 'inner';
}

/** Who runs the installation and holds its admin key; he is no member of a workspace. */
export interface AdminPrincipal {
  kind: 'admin';
}

/** Who sends a request. */
export type Principal =
  ConsolePrincipal | AppKeyPrincipal | DatasetKeyPrincipal | PassportPrincipal | InstalledAppPrincipal | InnerPrincipal | AdminPrincipal;
