import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { interfaceLanguages } from '#features/accounts';
import { ICON_TYPES, type IconType } from '../../entities/app.entity.js';

const AVATAR = /^(?:|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|https?:\/\/\S+)$/i;

/** New values of a public page; what is left out or null stays. */
export class UpdateSiteRequest {
  /** Title of the page. @example Support */
  @IsOptional() @IsString() @MaxLength(255) title?: string | null;
  /** Where the picture comes from. @example emoji */
  @IsOptional() @IsIn(ICON_TYPES) icon_type?: IconType | null;
  /** An emoji, the id of an upload, or an address. @example 🤖 */
  @IsOptional() @IsString() @MaxLength(255) icon?: string | null;
  /** Colour behind the picture. @example #FFEAD5 */
  @IsOptional() @IsString() @MaxLength(255) icon_background?: string | null;
  /** What the page is for. @example "Ask about your order" */
  @IsOptional() @IsString() description?: string | null;
  /** Language of the page. @example en-US */
  @IsOptional() @IsIn(interfaceLanguages) default_language?: string | null;
  /** Colour of the chat. @example #ff0000 */
  @IsOptional() @IsString() @MaxLength(255) chat_color_theme?: string | null;
  /** Whether the colours are swapped. */
  @IsOptional() @IsBoolean() chat_color_theme_inverted?: boolean | null;
  /** Colour behind the chat. @example #ffffff */
  @IsOptional() @IsString() @MaxLength(255) chat_page_background_color?: string | null;
  /** Picture of visitors: id of an upload, or an http(s) address. @example https://example.com/visitor.png */
  @IsOptional() @Matches(AVATAR) @MaxLength(255) default_user_avatar_url?: string | null;
  /** Whether the page begins with its description. */
  @IsOptional() @IsBoolean() enable_homepage?: boolean | null;
  /** Whether answers carry the note. */
  @IsOptional() @IsBoolean() show_answer_disclaimer?: boolean | null;
  /** A domain of one's own. @example chat.example.com */
  @IsOptional() @IsString() @MaxLength(255) customize_domain?: string | null;
  /** Who holds the rights. @example "Example Ltd" */
  @IsOptional() @IsString() @MaxLength(255) copyright?: string | null;
  /** Address of the privacy policy. @example https://example.com/privacy */
  @IsOptional() @IsString() @MaxLength(255) privacy_policy?: string | null;
  /** A note under the chat. @example "Answers may be wrong." */
  @IsOptional() @IsString() @MaxLength(512) custom_disclaimer?: string | null;
  /** Whether visitors bring keys of their own. @example not_allow */
  @IsOptional() @IsIn(['must', 'allow', 'not_allow']) customize_token_strategy?: string | null;
  /** Whether visitors may see the prompt. */
  @IsOptional() @IsBoolean() prompt_public?: boolean | null;
  /** Whether visitors see the steps of a workflow. */
  @IsOptional() @IsBoolean() show_workflow_steps?: boolean | null;
  /** Whether the app's picture stands beside its answers. */
  @IsOptional() @IsBoolean() use_icon_as_answer_icon?: boolean | null;
}
