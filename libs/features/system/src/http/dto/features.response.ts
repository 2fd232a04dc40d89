import type { EditionConfig } from '#platform/config';
import { PeriodQuotaResponse, QuotaResponse, SwitchedQuotaResponse } from './quota.response.js';

/** The plan of a workspace. */
export class SubscriptionResponse {
  /** Always `sandbox`. @example sandbox */
  plan: string;
  /** Always empty. @example "" */
  interval: string;
}

/** Payment. */
export class BillingResponse {
  /** Always false; limits count only with billing. @example false */
  enabled: boolean;
  /** The plan. */
  subscription: SubscriptionResponse;
}

/** The programme for schools. */
export class EducationResponse {
  /** Whether the console shows it. @example false */
  enabled: boolean;
  /** Whether the workspace takes part. @example false */
  activated: boolean;
}

/** Knowledge pipelines. */
export class KnowledgePipelineFeatureResponse {
  /** Whether they can be published as templates. @example false */
  publish_enabled: boolean;
}

/** What the workspace may do (contract console-accounts 3.3). */
export class FeaturesResponse {
  /** Payment. */
  billing: BillingResponse;
  /** The programme for schools. */
  education: EducationResponse;
  /** Members. */
  members: QuotaResponse;
  /** Apps. */
  apps: QuotaResponse;
  /** Room for vectors. */
  vector_space: QuotaResponse;
  /** Knowledge requests a minute; counts only with billing. @example 10 */
  knowledge_rate_limit: number;
  /** Annotations. */
  annotation_quota_limit: QuotaResponse;
  /** Uploaded documents. */
  documents_upload_quota: QuotaResponse;
  /** How soon documents are processed. @example standard */
  docs_processing: string;
  /** Whether workspaces may replace the logo. @example false */
  can_replace_logo: boolean;
  /** Whether credentials of a model can share its load. @example false */
  model_load_balancing_enabled: boolean;
  /** Whether the role `dataset_operator` is offered. @example false */
  dataset_operator_enabled: boolean;
  /** Whether web apps may show a copyright of their own. @example false */
  webapp_copyright_enabled: boolean;
  /** Members, where a licence limits them. */
  workspace_members: SwitchedQuotaResponse;
  /** Whether the workspace can be handed to another owner. @example true */
  is_allow_transfer_workspace: boolean;
  /** Events of triggers. */
  trigger_event: PeriodQuotaResponse;
  /** Requests to the API. */
  api_rate_limit: PeriodQuotaResponse;
  /** Whether forms of human input can be mailed. @example true */
  human_input_email_delivery_enabled: boolean;
  /** Knowledge pipelines. */
  knowledge_pipeline: KnowledgePipelineFeatureResponse;
  /** When credits are renewed; always 0. @example 0 */
  next_credit_reset_date: number;

  static from(edition: EditionConfig): FeaturesResponse {
    return Object.assign(new FeaturesResponse(), {
      billing: Object.assign(new BillingResponse(), {
        enabled: false,
        subscription: Object.assign(new SubscriptionResponse(), { plan: 'sandbox', interval: '' }),
      }),
      education: Object.assign(new EducationResponse(), { enabled: edition.education, activated: false }),
      members: QuotaResponse.of(1),
      apps: QuotaResponse.of(10),
      vector_space: QuotaResponse.of(5),
      knowledge_rate_limit: 10,
      annotation_quota_limit: QuotaResponse.of(10),
      documents_upload_quota: QuotaResponse.of(50),
      docs_processing: 'standard',
      can_replace_logo: edition.canReplaceLogo,
      model_load_balancing_enabled: edition.modelLoadBalancing,
      dataset_operator_enabled: edition.datasetOperator,
      webapp_copyright_enabled: false,
      workspace_members: SwitchedQuotaResponse.off(),
      is_allow_transfer_workspace: true,
      trigger_event: PeriodQuotaResponse.of(3000),
      api_rate_limit: PeriodQuotaResponse.of(5000),
      human_input_email_delivery_enabled: true,
      knowledge_pipeline: Object.assign(new KnowledgePipelineFeatureResponse(), { publish_enabled: false }),
      next_credit_reset_date: 0,
    });
  }
}
