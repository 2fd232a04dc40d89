// A feature augments DomainEventMap through this door; TypeScript merges into what `export *` passes on.
export * from './domain-event-map.js';
export { DomainEvents } from './domain-events.js';
export { EventsModule } from './events.module.js';
export { OnDomainEvent } from './on-domain-event.js';
