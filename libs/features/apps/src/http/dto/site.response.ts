import { unixSeconds } from '#common';
import type { IconType } from '../../entities/app.entity.js';
import type { SiteEntity } from '../../entities/site.entity.js';

/** The public page of an app within the app (contract console-apps 2.6). */
export class AppSiteResponse {
  /** The same as `code`. */
  access_token: string;
  /** Address of the page: 16 letters and digits. */
  code: string;
  title: string;
  icon_type: IconType | null;
  icon: string | null;
  icon_background: string | null;
  /** A signed link when the picture is an upload. */
  icon_url: string | null;
  description: string | null;
  /** @example en-US */
  default_language: string;
  chat_color_theme: string | null;
  chat_color_theme_inverted: boolean;
  customize_domain: string | null;
  copyright: string | null;
  privacy_policy: string | null;
  custom_disclaimer: string;
  /** Whether the page begins with its description. */
  enable_homepage: boolean;
  customize_token_strategy: string;
  prompt_public: boolean;
  /** Where published apps are. */
  app_base_url: string;
  show_workflow_steps: boolean;
  /** Whether answers carry the note. */
  show_answer_disclaimer: boolean;
  use_icon_as_answer_icon: boolean;
  created_by: string | null;
  /** Unix seconds. */
  created_at: number;
  updated_by: string | null;
  /** Unix seconds. */
  updated_at: number;

  static from(site: SiteEntity, facts: { iconUrl: string | null; appBaseUrl: string }): AppSiteResponse {
    return {
      access_token: site.code,
      code: site.code,
      title: site.title,
      icon_type: site.iconType,
      icon: site.icon,
      icon_background: site.iconBackground,
      icon_url: facts.iconUrl,
      description: site.description,
      default_language: site.defaultLanguage,
      chat_color_theme: site.chatColorTheme,
      chat_color_theme_inverted: site.chatColorThemeInverted,
      customize_domain: site.customizeDomain,
      copyright: site.copyright,
      privacy_policy: site.privacyPolicy,
      custom_disclaimer: site.customDisclaimer,
      enable_homepage: site.enableHomepage,
      customize_token_strategy: site.customizeTokenStrategy,
      prompt_public: site.promptPublic,
      app_base_url: facts.appBaseUrl,
      show_workflow_steps: site.showWorkflowSteps,
      show_answer_disclaimer: site.showAnswerDisclaimer,
      use_icon_as_answer_icon: site.useIconAsAnswerIcon,
      created_by: site.createdBy,
      created_at: unixSeconds(site.createdAt),
      updated_by: site.updatedBy,
      updated_at: unixSeconds(site.updatedAt),
    };
  }
}

/** The public page as its own routes answer it (contract console-apps 4). */
export class SiteResponse {
  app_id: string;
  /** The same as `code`. */
  access_token: string;
  /** Address of the page: 16 letters and digits. */
  code: string;
  title: string;
  icon: string | null;
  icon_background: string | null;
  description: string | null;
  /** @example en-US */
  default_language: string;
  chat_page_background_color: string | null;
  customize_domain: string | null;
  copyright: string | null;
  privacy_policy: string | null;
  /** A link to the picture of visitors, signed when it is an upload. */
  default_user_avatar_url: string | null;
  /** Id of the upload, or the address, as it was given. */
  default_user_avatar_file_id: string | null;
  custom_disclaimer: string;
  /** Whether the page begins with its description. */
  enable_homepage: boolean;
  customize_token_strategy: string;
  prompt_public: boolean;
  show_workflow_steps: boolean;
  /** Whether answers carry the note. */
  show_answer_disclaimer: boolean;
  use_icon_as_answer_icon: boolean;

  static from(site: SiteEntity, facts: { avatarUrl: string | null }): SiteResponse {
    return {
      app_id: site.appId,
      access_token: site.code,
      code: site.code,
      title: site.title,
      icon: site.icon,
      icon_background: site.iconBackground,
      description: site.description,
      default_language: site.defaultLanguage,
      chat_page_background_color: site.chatPageBackgroundColor,
      customize_domain: site.customizeDomain,
      copyright: site.copyright,
      privacy_policy: site.privacyPolicy,
      default_user_avatar_url: facts.avatarUrl,
      default_user_avatar_file_id: site.defaultUserAvatarUrl,
      custom_disclaimer: site.customDisclaimer,
      enable_homepage: site.enableHomepage,
      customize_token_strategy: site.customizeTokenStrategy,
      prompt_public: site.promptPublic,
      show_workflow_steps: site.showWorkflowSteps,
      show_answer_disclaimer: site.showAnswerDisclaimer,
      use_icon_as_answer_icon: site.useIconAsAnswerIcon,
    };
  }
}

/** The public page as API clients see it (contract service-and-web-api 11). */
export class ServiceSiteResponse {
  title: string;
  chat_color_theme: string | null;
  chat_color_theme_inverted: boolean;
  chat_page_background_color: string | null;
  icon_type: IconType | null;
  icon: string | null;
  icon_background: string | null;
  /** A signed link when the picture is an upload. */
  icon_url: string | null;
  description: string | null;
  copyright: string | null;
  privacy_policy: string | null;
  /** A link to the picture of visitors, signed when it is an upload. */
  default_user_avatar_url: string | null;
  /** Id of the upload, or the address, as it was given. */
  default_user_avatar_file_id: string | null;
  custom_disclaimer: string;
  /** Whether the page begins with its description. */
  enable_homepage: boolean;
  /** @example en-US */
  default_language: string;
  show_workflow_steps: boolean;
  /** Whether answers carry the note. */
  show_answer_disclaimer: boolean;
  use_icon_as_answer_icon: boolean;

  static from(site: SiteEntity, facts: { iconUrl: string | null; avatarUrl: string | null }): ServiceSiteResponse {
    return {
      title: site.title,
      chat_color_theme: site.chatColorTheme,
      chat_color_theme_inverted: site.chatColorThemeInverted,
      chat_page_background_color: site.chatPageBackgroundColor,
      icon_type: site.iconType,
      icon: site.icon,
      icon_background: site.iconBackground,
      description: site.description,
      copyright: site.copyright,
      privacy_policy: site.privacyPolicy,
      default_user_avatar_url: facts.avatarUrl,
      default_user_avatar_file_id: site.defaultUserAvatarUrl,
      custom_disclaimer: site.customDisclaimer,
      enable_homepage: site.enableHomepage,
      default_language: site.defaultLanguage,
      show_workflow_steps: site.showWorkflowSteps,
      show_answer_disclaimer: site.showAnswerDisclaimer,
      use_icon_as_answer_icon: site.useIconAsAnswerIcon,
      icon_url: facts.iconUrl,
    };
  }
}
