import { Global, Module } from '@nestjs/common';
import { MailConfig, ServerConfig } from '#platform/config';
import { Mailer } from './mailer.js';
import { makeMailer } from './make-mailer.js';

/** Makes the {@link Mailer} of the configuration injectable everywhere. */
@Global()
@Module({ providers: [{ provide: Mailer, useFactory: makeMailer, inject: [MailConfig, ServerConfig] }], exports: [Mailer] })
export class MailModule {}
