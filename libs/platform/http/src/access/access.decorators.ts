import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { Access, AppKeyAccessOptions, ConsoleAccessOptions, PublicOptions } from './access.js';

/** Metadata key of a route's access declaration. */
export const ACCESS = 'baya:access';

type AccessDecorator = MethodDecorator & ClassDecorator;

const declare = (access: Access): AccessDecorator => applyDecorators(SetMetadata(ACCESS, access));

const CONSOLE_DEFAULTS: ConsoleAccessOptions = { role: 'any', setup: true, csrf: true, init: true };

/** Anybody may call, without a credential. */
export const Public = (options: Partial<PublicOptions> = {}): AccessDecorator =>
  declare({ scheme: 'public', options: { setup: false, ...options } });

/** Signed-in members of the current workspace, as far as their role allows. */
export const ConsoleAccess = (options: Partial<ConsoleAccessOptions> = {}): AccessDecorator =>
  declare({ scheme: 'console', options: { ...CONSOLE_DEFAULTS, ...options } });

/** Holders of an app's API key. */
export const AppKeyAccess = (options: Partial<AppKeyAccessOptions> = {}): AccessDecorator =>
  declare({ scheme: 'app-key', options: { user: 'none', required: false, ...options } });

/** Holders of a workspace's knowledge API key. */
export const DatasetKeyAccess = (): AccessDecorator => declare({ scheme: 'dataset-key', options: {} });

/** Holders of the installation's admin key. They see every workspace. */
export const AdminKeyAccess = (): AccessDecorator => declare({ scheme: 'admin-key', options: {} });

/** Visitors of a published web app, by passport. */
export const PassportAccess = (): AccessDecorator => declare({ scheme: 'passport', options: {} });

/** Signed-in members who use an installed app, named by the path. */
export const InstalledAppAccess = (options: Partial<ConsoleAccessOptions> = {}): AccessDecorator =>
  declare({ scheme: 'installed-app', options: { ...CONSOLE_DEFAULTS, ...options } });

/** Other parts of the installation, by the inner key. */
export const InnerAccess = (): AccessDecorator => declare({ scheme: 'inner', options: {} });
