import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readForm, type UploadForm } from '../body/upload-form.js';

/** The multipart form of the request: {@link UploadForm}. Another content type is an empty form, a broken form 400, a large one 413. */
export const Form = createParamDecorator((_: unknown, context: ExecutionContext): Promise<UploadForm> =>
  readForm(context.switchToHttp().getRequest<FastifyRequest>()),
);
