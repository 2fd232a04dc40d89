import { Injectable } from '@nestjs/common';

/** What the documentation page tries requests with. */
export interface DocsConfig {
  /** Address of the service API, such as `http://localhost:5001/v1`. Null: that of the page. */
  serviceApi: string | null;
  /** Key that is filled in, when there is a demo app. */
  demoKey: string | null;
}

/** Registry of what the documentation page knows about this installation; the demo fills it. */
@Injectable()
export class DocsInfo {
  private source: () => Promise<DocsConfig> = async () => ({ serviceApi: null, demoKey: null });

  /** Sets where the facts come from; asked for every page. */
  provide(source: () => Promise<DocsConfig>): void {
    this.source = source;
  }

  /** The facts of now. */
  get(): Promise<DocsConfig> {
    return this.source();
  }
}
