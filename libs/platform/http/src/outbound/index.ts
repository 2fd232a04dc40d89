export type { EgressPolicy } from './egress-policy.js';
export { GuardedClient, type GuardedClientOptions } from './guarded-client.js';
export { EgressDeniedError, OutboundError, type OutboundFailure, OutboundUrlError } from './outbound.errors.js';
export { OutboundHttp, type OutboundTransport } from './outbound-http.js';
export type { OutboundRequest, OutboundResponse } from './outbound.types.js';
