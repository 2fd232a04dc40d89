import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Get, Header, Param, Res } from '@nestjs/common';
import { NotFoundError } from '#common';
import { type HttpReply, Public, RootController } from '#platform/http';
import { ApiBinary, ApiErrors } from '#platform/openapi';

const ASSETS: Readonly<Record<string, string>> = {
  'landing.css': 'text/css; charset=utf-8',
  'landing.js': 'text/javascript; charset=utf-8',
  'baya.svg': 'image/svg+xml',
};
/** The page loads nothing from elsewhere and runs no script but its own. */
const POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The start page: status, links and a playground for the demo app. */
@RootController('', { tag: 'start page' })
export class LandingController {
  private readonly directory = assetsDirectory();
  private readonly loaded = new Map<string, Buffer>();

  /** Get the start page. */
  @Public()
  @ApiBinary('text/html')
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  page(): Buffer {
    return this.read('index.html');
  }

  /** Get a style sheet, script or picture of the start page. */
  @Public()
  @ApiBinary('text/css', 'text/javascript', 'image/svg+xml')
  @ApiErrors(404)
  @Get('assets/:name')
  asset(@Param('name') name: string, @Res({ passthrough: true }) reply: HttpReply): Buffer {
    const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
    if (type === undefined) throw new NotFoundError('There is no such asset.');
    void reply.header('content-type', type).header('cache-control', 'public, max-age=300');
    return this.read(name);
  }

  private read(name: string): Buffer {
    let bytes = this.loaded.get(name);
    if (!bytes) {
      bytes = readFileSync(join(this.directory, name));
      this.loaded.set(name, bytes);
    }
    return bytes;
  }
}

/** `libs/features/demo/assets`, the same from sources and from `dist`. */
function assetsDirectory(): string {
  const here = dirname(fileURLToPath(import.meta.url)).replace(/[\\/]dist(?=[\\/]libs[\\/]features[\\/]demo)/, '');
  return join(here, '..', '..', 'assets');
}
