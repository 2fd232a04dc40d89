import { AsyncLocalStorage } from 'node:async_hooks';

/** What log lines and spans say about the work at hand without being told. */
export interface RequestContext {
  /** Id of the HTTP request, as in the X-Request-Id header. */
  requestId?: string;
  /** Workspace. */
  tenantId?: string;
  /** Run of an app (task id). */
  runId?: string;
  /** Background job. */
  jobId?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Context of the asynchronous work at hand. */
export const requestContext = {
  /** The current context; an empty one outside of any. */
  get(): Readonly<RequestContext> {
    return storage.getStore() ?? {};
  },
  /** Runs work in a context of its own. */
  run<T>(context: RequestContext, work: () => T): T {
    return storage.run(context, work);
  },
  /** Adds to the current context; does nothing outside of any. */
  set(facts: RequestContext): void {
    const store = storage.getStore();
    if (store) Object.assign(store, facts);
  },
};
