/** A request to the sandbox service. */
export interface SandboxPost {
  /** Absolute. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string;
  /** Ends the request when it fires; the promise rejects with its reason then. */
  signal: AbortSignal;
}

/** The way to the sandbox service. */
export abstract class SandboxTransport {
  /** Resolves with the answer, whatever its status; rejects when none came. */
  abstract post(request: SandboxPost): Promise<{ status: number; body: string }>;
}
