import type { DocsConfig } from './docs-info.js';

/** What the documentation page tries requests with. */
export class DocsConfigResponse {
  /**
   * Address of the service API; null: that of the page.
   * @example http://localhost:5001/v1
   */
  serviceApi: string | null;
  /**
   * Key of the demo app; null when there is none.
   * @example app-0123456789
   */
  demoKey: string | null;
  /**
   * Names of the documents.
   * @example ["console", "service"]
   */
  documents: string[];

  static from(config: DocsConfig, names: readonly string[]): DocsConfigResponse {
    return Object.assign(new DocsConfigResponse(), {
      serviceApi: config.serviceApi,
      demoKey: config.demoKey,
      documents: names.map((name) => name.replace(/\.json$/, '')),
    });
  }
}
