import { unixSeconds } from '#common';
import type { IconType } from '../../entities/app.entity.js';
import type { SiteEntity } from '../../entities/site.entity.js';

/** The public page of an app within the app (contract console-apps 2.6). */
export class AppSiteResponse {
  /** The same as `code`. @example Qx7fK2mP9sLw4TzB */
  access_token: string;
  /** Address of the page: 16 letters and digits. @example Qx7fK2mP9sLw4TzB */
  code: string;
  /** Title of the page. @example Support */
  title: string;
  /** Where the picture comes from. */
  icon_type: IconType | null;
  /** An emoji, the id of an upload, or an address. @example 🤖 */
  icon: string | null;
  /** Colour behind the picture. @example #FFEAD5 */
  icon_background: string | null;
  /**
   * A signed link when the picture is an upload.
   * @example http://127.0.0.1:5001/files/018f0000-0000-7000-8000-000000000001/file-preview?timestamp=1795678200&nonce=5f2b&sign=Y2hlY2s=
   */
  icon_url: string | null;
  /** What the page is for. @example "Ask about your order" */
  description: string | null;
  /** Language of the page. @example en-US */
  default_language: string;
  /** Colour of the chat. @example #ff0000 */
  chat_color_theme: string | null;
  /** Whether the colours are swapped. */
  chat_color_theme_inverted: boolean;
  /** A domain of one's own. @example chat.example.com */
  customize_domain: string | null;
  /** Who holds the rights. @example "Example Ltd" */
  copyright: string | null;
  /** Address of the privacy policy. @example https://example.com/privacy */
  privacy_policy: string | null;
  /** A note under the chat. @example "Answers may be wrong." */
  custom_disclaimer: string;
  /** Whether the page begins with its description. */
  enable_homepage: boolean;
  /** Whether visitors bring keys of their own: `must`, `allow` or `not_allow`. @example not_allow */
  customize_token_strategy: string;
  /** Whether visitors may see the prompt. */
  prompt_public: boolean;
  /** Where published apps are. @example http://127.0.0.1:3000 */
  app_base_url: string;
  /** Whether visitors see the steps of a workflow. */
  show_workflow_steps: boolean;
  /** Whether answers carry the note. */
  show_answer_disclaimer: boolean;
  /** Whether the app's picture stands beside its answers. */
  use_icon_as_answer_icon: boolean;
  /** Id of the account that made it; null when that is gone. */
  created_by: string | null;
  /** Unix seconds. */
  created_at: number;
  /** Id of the account that changed it last; null when that is gone. */
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
  /** Id of the app. */
  app_id: string;
  /** The same as `code`. @example Qx7fK2mP9sLw4TzB */
  access_token: string;
  /** Address of the page: 16 letters and digits. @example Qx7fK2mP9sLw4TzB */
  code: string;
  /** Title of the page. @example Support */
  title: string;
  /** An emoji, the id of an upload, or an address. @example 🤖 */
  icon: string | null;
  /** Colour behind the picture. @example #FFEAD5 */
  icon_background: string | null;
  /** What the page is for. @example "Ask about your order" */
  description: string | null;
  /** Language of the page. @example en-US */
  default_language: string;
  /** Colour behind the chat. @example #ffffff */
  chat_page_background_color: string | null;
  /** A domain of one's own. @example chat.example.com */
  customize_domain: string | null;
  /** Who holds the rights. @example "Example Ltd" */
  copyright: string | null;
  /** Address of the privacy policy. @example https://example.com/privacy */
  privacy_policy: string | null;
  /** A link to the picture of visitors, signed when it is an upload. @example https://example.com/visitor.png */
  default_user_avatar_url: string | null;
  /** Id of the upload, or the address, as it was given. */
  default_user_avatar_file_id: string | null;
  /** A note under the chat. @example "Answers may be wrong." */
  custom_disclaimer: string;
  /** Whether the page begins with its description. */
  enable_homepage: boolean;
  /** Whether visitors bring keys of their own: `must`, `allow` or `not_allow`. @example not_allow */
  customize_token_strategy: string;
  /** Whether visitors may see the prompt. */
  prompt_public: boolean;
  /** Whether visitors see the steps of a workflow. */
  show_workflow_steps: boolean;
  /** Whether answers carry the note. */
  show_answer_disclaimer: boolean;
  /** Whether the app's picture stands beside its answers. */
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
  /** Title of the page. @example Support */
  title: string;
  /** Colour of the chat. @example #ff0000 */
  chat_color_theme: string | null;
  /** Whether the colours are swapped. */
  chat_color_theme_inverted: boolean;
  /** Colour behind the chat. @example #ffffff */
  chat_page_background_color: string | null;
  /** Where the picture comes from. */
  icon_type: IconType | null;
  /** An emoji, the id of an upload, or an address. @example 🤖 */
  icon: string | null;
  /** Colour behind the picture. @example #FFEAD5 */
  icon_background: string | null;
  /**
   * A signed link when the picture is an upload.
   * @example http://127.0.0.1:5001/files/018f0000-0000-7000-8000-000000000001/file-preview?timestamp=1795678200&nonce=5f2b&sign=Y2hlY2s=
   */
  icon_url: string | null;
  /** What the page is for. @example "Ask about your order" */
  description: string | null;
  /** Who holds the rights. @example "Example Ltd" */
  copyright: string | null;
  /** Address of the privacy policy. @example https://example.com/privacy */
  privacy_policy: string | null;
  /** A link to the picture of visitors, signed when it is an upload. @example https://example.com/visitor.png */
  default_user_avatar_url: string | null;
  /** Id of the upload, or the address, as it was given. */
  default_user_avatar_file_id: string | null;
  /** A note under the chat. @example "Answers may be wrong." */
  custom_disclaimer: string;
  /** Whether the page begins with its description. */
  enable_homepage: boolean;
  /** Language of the page. @example en-US */
  default_language: string;
  /** Whether visitors see the steps of a workflow. */
  show_workflow_steps: boolean;
  /** Whether answers carry the note. */
  show_answer_disclaimer: boolean;
  /** Whether the app's picture stands beside its answers. */
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
