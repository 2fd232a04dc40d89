import { OnEvent } from '@nestjs/event-emitter';
import type { DomainEventMap, DomainEventName } from './domain-event-map.js';

type Listener<N extends DomainEventName> = (payload: DomainEventMap[N]) => void | Promise<void>;

/** Calls the method with every event of that name. What it throws is logged. */
export function OnDomainEvent<N extends DomainEventName>(name: N) {
  return <L extends Listener<N>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<L>): void => {
    // Not suppressed there, because DomainEvents logs it with the name of the event.
    OnEvent(name, { suppressErrors: false })(target, key, descriptor);
  };
}
