import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { DomainEvents } from './domain-events.js';

/** Domain events of this process. */
@Global()
@Module({
  imports: [EventEmitterModule.forRoot({ maxListeners: 0 })],
  providers: [DomainEvents],
  exports: [DomainEvents],
})
export class EventsModule {}
