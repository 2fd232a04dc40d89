import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Prints where the API is. */
export async function makeFirstContact(app: NestFastifyApplication): Promise<void> {
  const url = await app.getUrl();
  process.stdout.write(`API   ${url}\n`);
}
