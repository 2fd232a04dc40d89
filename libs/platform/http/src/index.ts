import './pipeline/fastify-augmentation.js';

export * from './access/access.decorators.js';
export type { Access, AppKeyAccessOptions, ConsoleAccessOptions, PublicOptions, RoleRule, Scheme, Schemes } from './access/access.js';
export { AuthRequest } from './access/auth-request.js';
export { Authenticator, SetupGate } from './access/authenticator.js';
export { Authenticators } from './access/authenticators.js';
export type {
  AdminPrincipal,
  AppKeyPrincipal,
  AppMode,
  ConsoleAccount,
  ConsolePrincipal,
  DatasetKeyPrincipal,
  EndUserRef,
  InnerPrincipal,
  InstalledAppPrincipal,
  PassportPrincipal,
  Principal,
  Role,
} from './access/principals.js';
export { isRoleAllowed } from './access/roles.js';
export { FreeForm, freeFormFieldsOf, MAX_JSON_DEPTH } from './body/free-form.decorator.js';
export { Nested } from './body/nested.decorator.js';
export { OptionalBody } from './body/optional-body.decorator.js';
export { RequestPipe } from './body/request.pipe.js';
export type { UploadForm } from './body/upload-form.js';
export { UploadedPart } from './body/uploaded-part.js';
export { closeApi, type CloseApiOptions } from './close-api.js';
export { createApi, type CreateApiOptions } from './create-api.js';
export * from './errors/http.errors.js';
export { ReadinessProbes, type ReadinessProbe } from './health/readiness-probes.js';
export { HttpModule } from './http.module.js';
export type { HttpReply, HttpRequest } from './http.types.js';
export * from './outbound/index.js';
export { Form } from './params/form.decorator.js';
export { MAX_IDEMPOTENCY_KEY, parseIdempotencyKey } from './params/idempotency-key.js';
export { LimitQuery } from './params/limit.query.js';
export * from './params/params.decorators.js';
export { requestOrigin, RequestOrigin } from './params/request-origin.js';
export { Admission } from './pipeline/admission.js';
export { COMPATIBLE_VERSION } from './product.js';
export { NoAmbientContext } from './routing/ambient-context.decorator.js';
export * from './routing/controllers.decorators.js';
export { listRouteHandlers, listRoutes, type RouteHandler, type RouteInfo, verifyRoutes } from './routing/route-inventory.js';
export { type Audience, surfaceOf, surfaces } from './routing/surfaces.js';
export { type FrameBatch, PING_FRAME, type StreamFrame, wantsEventIds } from './streams/stream-frame.js';
export { type FrameSource, StreamResponder, type StreamOptions } from './streams/stream-responder.js';
export { ResultResponse } from './result.response.js';
