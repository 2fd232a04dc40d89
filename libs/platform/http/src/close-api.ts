import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ServerConfig } from '#platform/config';
import { Admission } from './pipeline/admission.js';
import { StreamResponder } from './streams/stream-responder.js';

const POLL_MS = 25;

/** How an application is stopped. */
export interface CloseApiOptions {
  /** Longest time for all of it. Unit: milliseconds. Default: SHUTDOWN_TIMEOUT_MS. */
  deadlineMs?: number;
}

/**
 * Stops an application in order: takes no new work, lets requests and streams finish for half of the time, ends the rest
 * with a reason, closes everything. Connections that are left at the deadline are cut.
 */
export async function closeApi(app: NestFastifyApplication, options: CloseApiOptions = {}): Promise<void> {
  const deadlineMs = options.deadlineMs ?? app.get(ServerConfig).shutdownTimeoutMs;
  const server = app.getHttpServer();
  const admission = app.get(Admission);
  const cutAll = setTimeout(() => server.closeAllConnections(), deadlineMs);
  try {
    admission.close();
    const graceEnds = Date.now() + deadlineMs / 2;
    while (admission.load.inFlight > 0 && Date.now() < graceEnds) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    app.get(StreamResponder).endAll();
    await app.close();
  } finally {
    clearTimeout(cutAll);
  }
}
