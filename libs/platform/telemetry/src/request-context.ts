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
let opened = 0;

function close(): void {
  opened -= 1;
  if (opened === 0) storage.disable();
}

/**
 * Context of the asynchronous work at hand. Up to Node 22 it is kept by hooks on every promise of the process, which costs a streamed chat
 * a tenth of its CPU: the hooks are on only while some context is open, and the routes that run apps open none (ADR 0004).
 */
export const requestContext = {
  /** The current context; an empty one outside of any. */
  get(): Readonly<RequestContext> {
    return storage.getStore() ?? {};
  },
  /** Runs work in a context of its own, which lasts until the work is done. */
  async run<T>(context: RequestContext, work: () => Promise<T>): Promise<T> {
    opened += 1;
    try {
      return await storage.run(context, work);
    } finally {
      close();
    }
  },
  /** Begins work in a context of its own, which lasts until the returned function is called, once. */
  open(context: RequestContext, work: () => void): () => void {
    opened += 1;
    storage.run(context, work);
    return close;
  },
  /** Adds to the current context; does nothing outside of any. */
  set(facts: RequestContext): void {
    const store = storage.getStore();
    if (store) Object.assign(store, facts);
  },
};
