import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { IconRequest } from './icon.request.js';

/** A new name. */
export class RenameAppRequest {
  /** Name of the app. @example "Support assistant" */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  name: string;
}

/** A new picture. */
export class ChangeAppIconRequest extends IconRequest {}

/** Whether the public page is on. */
export class SwitchSiteRequest {
  /** On or off. */
  @IsBoolean()
  enable_site: boolean;
}

/** Whether the service API is on. */
export class SwitchApiRequest {
  /** On or off. */
  @IsBoolean()
  enable_api: boolean;
}

/** Names of the services that runs can be traced with (contract console-apps 10). */
export const TRACING_PROVIDERS = [
  'langfuse',
  'langsmith',
  'opik',
  'weave',
  'arize',
  'phoenix',
  'aliyun',
  'tencent',
  'mlflow',
  'databricks',
] as const;

/** Whether runs are traced, and with what. */
export class SwitchTraceRequest {
  /** On or off. */
  @IsBoolean()
  enabled: boolean;

  /** The tracing service; required when on. @example langfuse */
  @IsOptional()
  @IsIn(TRACING_PROVIDERS)
  tracing_provider?: string | null;
}
