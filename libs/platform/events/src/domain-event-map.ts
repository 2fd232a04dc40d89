declare const DOMAIN_EVENTS: unique symbol;

/**
 * Facts by name, in the past tense (`app.created`), with their payloads: ids and small values. A feature adds its own in its
 * `<feature>.events.ts`: `declare module '#platform/events' { interface DomainEventMap { 'app.created': AppCreated } }`.
 */
export interface DomainEventMap {
  [DOMAIN_EVENTS]?: never;
}

/** Names of all declared events. */
export type DomainEventName = keyof DomainEventMap & string;
