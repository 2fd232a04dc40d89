import type { EditionConfig } from '#platform/config';

/** What an installation of this version can do. */
export class VersionFeaturesResponse {
  /** Whether workspaces may replace the logo. @example false */
  can_replace_logo: boolean;
  /** Whether credentials of a model can share its load. @example false */
  model_load_balancing_enabled: boolean;
}

/** The version whose APIs are spoken. Nothing is asked outside: there is never a newer one. */
export class VersionResponse {
  /** That version. @example 1.13.2 */
  version: string;
  /** Always empty. @example "" */
  release_date: string;
  /** Always empty. @example "" */
  release_notes: string;
  /** Always false. @example false */
  can_auto_update: boolean;
  /** What it can do. */
  features: VersionFeaturesResponse;

  static from(version: string, edition: EditionConfig): VersionResponse {
    const features = Object.assign(new VersionFeaturesResponse(), {
      can_replace_logo: edition.canReplaceLogo,
      model_load_balancing_enabled: edition.modelLoadBalancing,
    });
    return Object.assign(new VersionResponse(), { version, release_date: '', release_notes: '', can_auto_update: false, features });
  }
}
