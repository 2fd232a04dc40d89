import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { MailConfig, ServerConfig } from '#platform/config';
import { Mailer } from './mailer.js';
import { OutboxMailer } from './outbox.mailer.js';

/** The mailer that the configuration asks for. */
export function makeMailer(config: MailConfig, server: ServerConfig): Mailer {
  return new OutboxMailer(config.outboxPath || join(server.dataDir, 'outbox'), config.from);
}

/** Makes the {@link Mailer} of the configuration injectable everywhere. */
@Global()
@Module({ providers: [{ provide: Mailer, useFactory: makeMailer, inject: [MailConfig, ServerConfig] }], exports: [Mailer] })
export class MailModule {}
