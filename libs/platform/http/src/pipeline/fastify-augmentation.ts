import type { Principal } from '../access/principals.js';
import type { RoutePlan } from '../routing/route-plan.js';
import type { TraceSpan } from '#platform/telemetry';
import type { UploadForm } from '../body/upload-form.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Largest multipart form. Unit: bytes. */
    uploadLimit: number;
  }
  interface FastifyRequest {
    /** Who sends the request; set by the access guard. */
    principal: Principal | null;
    /** What the route that was found asks for; set by the access guard. */
    plan: RoutePlan | null;
    /** Whether the request was counted in by admission control. */
    isAdmitted: boolean;
    /** Whether what follows the answer has been done. */
    isFinished: boolean;
    /** The multipart form, once it is being read. */
    form: Promise<UploadForm> | null;
    /** Ends the ambient context of the request, where it has one. */
    closeContext: (() => void) | null;
    /** The span of the request while tracing is on. */
    trace: TraceSpan | null;
  }
}
