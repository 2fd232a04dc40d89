import type { EditionConfig, MailConfig } from '#platform/config';
import { SwitchedQuotaResponse } from './quota.response.js';

/** The licence of the installation. */
export class LicenseResponse {
  /** Always `none`. @example none */
  status: string;
  /** Always empty. @example "" */
  expired_at: string;
  /** Workspaces, where a licence limits them. */
  workspaces: SwitchedQuotaResponse;
}

/** Own names and pictures. */
export class BrandingResponse {
  /** Always false. @example false */
  enabled: boolean;
  /** Title of the console. @example "" */
  application_title: string;
  /** Picture of the sign-in page. @example "" */
  login_page_logo: string;
  /** Picture of workspaces. @example "" */
  workspace_logo: string;
  /** Icon of the browser's tab. @example "" */
  favicon: string;
}

/** Single sign-on of web apps. */
export class WebappSsoResponse {
  /** Always empty. @example "" */
  protocol: string;
}

/** How visitors of web apps sign in. */
export class WebappAuthResponse {
  /** Always false: web apps are open to everybody with the link. @example false */
  enabled: boolean;
  /** Always false. @example false */
  allow_sso: boolean;
  /** Single sign-on. */
  sso_config: WebappSsoResponse;
  /** Always false. @example false */
  allow_email_code_login: boolean;
  /** Always false. @example false */
  allow_email_password_login: boolean;
}

/** Which plugins may be installed. */
export class PluginInstallationPermissionResponse {
  /** `none`: everything is built in. @example none */
  plugin_installation_scope: string;
  /** Always false. @example false */
  restrict_to_marketplace_only: boolean;
}

/** The manager of plugins. */
export class PluginManagerResponse {
  /** Always false. @example false */
  enabled: boolean;
}

/** What the console must know before anybody signs in (contract console-accounts 3.2). */
export class SystemFeaturesResponse {
  /** Whether everybody signs in by single sign-on; always false. @example false */
  sso_enforced_for_signin: boolean;
  /** Its protocol; always empty. @example "" */
  sso_enforced_for_signin_protocol: string;
  /** Whether the console shows the plugin marketplace. @example false */
  enable_marketplace: boolean;
  /** Largest plugin package; bytes. @example 15728640 */
  max_plugin_package_size: number;
  /** Whether a code by mail is offered for signing in. @example false */
  enable_email_code_login: boolean;
  /** Whether a password is. @example true */
  enable_email_password_login: boolean;
  /** Whether GitHub and Google are. @example false */
  enable_social_oauth_login: boolean;
  /** Whether anybody may register. @example false */
  is_allow_register: boolean;
  /** Whether new accounts get a workspace of their own. @example false */
  is_allow_create_workspace: boolean;
  /** Whether mails reach somebody. @example false */
  is_email_setup: boolean;
  /** The licence. */
  license: LicenseResponse;
  /** Own names and pictures. */
  branding: BrandingResponse;
  /** How visitors of web apps sign in. */
  webapp_auth: WebappAuthResponse;
  /** Which plugins may be installed. */
  plugin_installation_permission: PluginInstallationPermissionResponse;
  /** Whether accounts may change their mail address. @example true */
  enable_change_email: boolean;
  /** The manager of plugins. */
  plugin_manager: PluginManagerResponse;
  /** Models that can be tried for free; always empty. @example [] */
  trial_models: string[];
  /** Whether trial apps are shown. @example false */
  enable_trial_app: boolean;
  /** Whether the explore page has a banner. @example false */
  enable_explore_banner: boolean;

  static from(edition: EditionConfig, mail: MailConfig): SystemFeaturesResponse {
    return Object.assign(new SystemFeaturesResponse(), {
      sso_enforced_for_signin: false,
      sso_enforced_for_signin_protocol: '',
      enable_marketplace: edition.marketplaceEnabled,
      max_plugin_package_size: edition.maxPluginPackageSize,
      enable_email_code_login: edition.emailCodeLogin,
      enable_email_password_login: edition.emailPasswordLogin,
      enable_social_oauth_login: edition.socialOauthLogin,
      is_allow_register: edition.allowRegister,
      is_allow_create_workspace: edition.allowCreateWorkspace,
      is_email_setup: mail.isSetUp,
      license: Object.assign(new LicenseResponse(), { status: 'none', expired_at: '', workspaces: SwitchedQuotaResponse.off() }),
      branding: Object.assign(new BrandingResponse(), {
        enabled: false,
        application_title: '',
        login_page_logo: '',
        workspace_logo: '',
        favicon: '',
      }),
      webapp_auth: Object.assign(new WebappAuthResponse(), {
        enabled: false,
        allow_sso: false,
        sso_config: Object.assign(new WebappSsoResponse(), { protocol: '' }),
        allow_email_code_login: false,
        allow_email_password_login: false,
      }),
      plugin_installation_permission: Object.assign(new PluginInstallationPermissionResponse(), {
        plugin_installation_scope: 'none',
        restrict_to_marketplace_only: false,
      }),
      enable_change_email: edition.changeEmail,
      plugin_manager: Object.assign(new PluginManagerResponse(), { enabled: false }),
      trial_models: [],
      enable_trial_app: edition.trialApp,
      enable_explore_banner: edition.exploreBanner,
    });
  }
}
