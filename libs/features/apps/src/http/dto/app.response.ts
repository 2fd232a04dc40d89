import { unixSeconds } from '#common';
import type { AppMode } from '#platform/http';
import type { AppEntity, IconType } from '../../entities/app.entity.js';
import type { AppModelConfigEntity } from '../../entities/app-model-config.entity.js';
import type { AppWithConfig } from '../../services/app.service.js';
import { configOfRow } from '../../services/stored-config.js';
import { ModelConfigResponse } from './model-config.response.js';
import type { AppSiteResponse } from './site.response.js';

const DESCRIPTION_LENGTH = 200;

/** A tag of an app. */
export class AppTagResponse {
  /** Id of the tag. */
  id: string;
  /** Text of the tag. @example internal */
  name: string;
  /** `app`. @example app */
  type: string;
}

/** The published graph of an app. */
export class AppWorkflowResponse {
  /** Id of the graph. */
  id: string;
  /** Id of the account that made it; null when that is gone. */
  created_by: string | null;
  /** Unix seconds. */
  created_at: number | null;
  /** Id of the account that changed it last; null when that is gone. */
  updated_by: string | null;
  /** Unix seconds. */
  updated_at: number | null;
}

/** A tool of an agent that is not there any more. */
export class DeletedToolResponse {
  /** Kind of its provider. @example api */
  type: string;
  /** Name of the tool. @example get_weather */
  tool_name: string;
  /** Id of its provider. */
  provider_id: string;
}

/** The configuration of an app as the list shows it. */
export class AppModelConfigPartialResponse {
  /** Provider, name, mode and parameters of the model. */
  model: Record<string, unknown>;
  /** The prompt of the simple kind. @example "Answer in the language of {{country}}." */
  pre_prompt: string | null;
  /** Id of the account that made it; null when that is gone. */
  created_by: string | null;
  /** Unix seconds. */
  created_at: number;
  /** Id of the account that changed it last; null when that is gone. */
  updated_by: string | null;
  /** Unix seconds. */
  updated_at: number;
}

/** An app in a list. */
export class AppPartialResponse {
  /** Id of the app. */
  id: string;
  /** Name of the app. @example "Support assistant" */
  name: string;
  /** Most runs at a time; null or 0 is no limit. @example 10 */
  max_active_requests: number | null;
  /** What it is for, else the beginning of its prompt. @example "Answers questions of our customers" */
  description: string;
  /** What kind of app it is. */
  mode: AppMode;
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
  /** Its configuration; null for apps with a graph. */
  model_config: AppModelConfigPartialResponse | null;
  /** Its published graph; null for apps without one. */
  workflow: AppWorkflowResponse | null;
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
  /** Its tags. */
  tags: AppTagResponse[];
  /** Always null: everybody with the address of the public page may open it. */
  access_mode: null;
  /** Always null; `author_name` tells it. */
  create_user_name: null;
  /** Name of the account that made it. @example Ada */
  author_name: string | null;
  /** Whether its draft begins with a trigger. */
  has_draft_trigger: boolean;

  static from({ app, config }: AppWithConfig, facts: { authorName: string | null; iconUrl: string | null }): AppPartialResponse {
    return {
      id: app.id,
      name: app.name,
      max_active_requests: app.maxActiveRequests,
      description: app.description || promptBeginning(config),
      mode: app.mode,
      icon_type: app.iconType,
      icon: app.icon,
      icon_background: app.iconBackground,
      icon_url: facts.iconUrl,
      model_config: config && partialConfig(config),
      workflow: null,
      use_icon_as_answer_icon: app.useIconAsAnswerIcon,
      created_by: app.createdBy,
      created_at: unixSeconds(app.createdAt),
      updated_by: app.updatedBy,
      updated_at: unixSeconds(app.updatedAt),
      tags: [],
      access_mode: null,
      create_user_name: null,
      author_name: facts.authorName,
      has_draft_trigger: false,
    };
  }
}

/** An app. */
export class AppDetailResponse {
  /** Id of the app. */
  id: string;
  /** Name of the app. @example "Support assistant" */
  name: string;
  /** What it is for. @example "Answers questions of our customers" */
  description: string;
  /** What kind of app it is. */
  mode: AppMode;
  /** An emoji, the id of an upload, or an address. @example 🤖 */
  icon: string | null;
  /** Colour behind the picture. @example #FFEAD5 */
  icon_background: string | null;
  /** Whether its public page is on. */
  enable_site: boolean;
  /** Whether its service API is on. */
  enable_api: boolean;
  /** Its configuration; null for apps with a graph. */
  model_config: ModelConfigResponse | null;
  /** Its published graph; null for apps without one. */
  workflow: AppWorkflowResponse | null;
  /** JSON text `{"enabled": ..., "tracing_provider": ...}`. @example {"enabled":false,"tracing_provider":null} */
  tracing: string | null;
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
  /** Always null: everybody with the address of the public page may open it. */
  access_mode: null;
  /** Its tags. */
  tags: AppTagResponse[];

  static from({ app, config }: AppWithConfig): AppDetailResponse {
    return detailOf(app, config);
  }
}

/** An app with its public page. */
export class AppDetailWithSiteResponse extends AppDetailResponse {
  /** Where the picture comes from. */
  icon_type: IconType | null;
  /**
   * A signed link when the picture is an upload.
   * @example http://127.0.0.1:5001/files/018f0000-0000-7000-8000-000000000001/file-preview?timestamp=1795678200&nonce=5f2b&sign=Y2hlY2s=
   */
  icon_url: string | null;
  /** Where the service API is. @example http://127.0.0.1:5001/v1 */
  api_base_url: string;
  /** Most runs at a time; null or 0 is no limit. @example 10 */
  max_active_requests: number | null;
  /** Tools of an agent that are not there any more. */
  deleted_tools: DeletedToolResponse[];
  /** Its public page; null when it has none. */
  site: AppSiteResponse | null;

  static override from(
    { app, config }: AppWithConfig,
    facts?: { iconUrl: string | null; apiBaseUrl: string; site: AppSiteResponse | null },
  ): AppDetailWithSiteResponse {
    return {
      ...detailOf(app, config),
      icon_type: app.iconType,
      api_base_url: facts?.apiBaseUrl ?? '',
      max_active_requests: app.maxActiveRequests,
      deleted_tools: [],
      site: facts?.site ?? null,
      icon_url: facts?.iconUrl ?? null,
    };
  }
}

function detailOf(app: AppEntity, config: AppModelConfigEntity | null): AppDetailResponse {
  return {
    id: app.id,
    name: app.name,
    description: app.description,
    mode: app.mode,
    icon: app.icon,
    icon_background: app.iconBackground,
    enable_site: app.enableSite,
    enable_api: app.enableApi,
    model_config: config && ModelConfigResponse.from(config),
    workflow: null,
    tracing: app.tracing,
    use_icon_as_answer_icon: app.useIconAsAnswerIcon,
    created_by: app.createdBy,
    created_at: unixSeconds(app.createdAt),
    updated_by: app.updatedBy,
    updated_at: unixSeconds(app.updatedAt),
    access_mode: null,
    tags: [],
  };
}

function partialConfig(row: AppModelConfigEntity): AppModelConfigPartialResponse {
  const { model, pre_prompt } = configOfRow(row);
  const times = {
    created_by: row.createdBy,
    created_at: unixSeconds(row.createdAt),
    updated_by: row.updatedBy,
    updated_at: unixSeconds(row.updatedAt),
  };
  return { model: model as Record<string, unknown>, pre_prompt, ...times };
}

function promptBeginning(config: AppModelConfigEntity | null): string {
  const prompt = config?.prePrompt ?? '';
  return prompt.length > DESCRIPTION_LENGTH ? `${prompt.slice(0, DESCRIPTION_LENGTH)}...` : prompt;
}
