import { Get, Param, Res } from '@nestjs/common';
import { type HttpReply, Public, RootController, RouteNotFoundError } from '#platform/http';
import { ApiBinary, ApiErrors } from '../api.decorators.js';
import { DocsConfigResponse } from './docs-config.response.js';
import { type DocsFile, DocsFiles } from './docs-files.js';
import { DocsInfo } from './docs-info.js';
import { contentSecurityPolicy, DOCS_PAGE, DOCS_SCRIPT } from './docs-page.js';

/** The API documents, as files and to browse. */
@RootController('docs', { tag: 'Docs' })
export class DocsController {
  private readonly files = new DocsFiles();

  constructor(private readonly info: DocsInfo) {}

  /** Browse the API documents. */
  @Public()
  @ApiBinary('text/html')
  @Get()
  async page(@Res({ passthrough: true }) reply: HttpReply): Promise<string> {
    const { serviceApi } = await this.info.get();
    void reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', contentSecurityPolicy(serviceApi));
    return DOCS_PAGE;
  }

  /** Get what the page tries requests with. */
  @Public()
  @Get('config.json')
  async config(@Res({ passthrough: true }) reply: HttpReply): Promise<DocsConfigResponse> {
    void reply.header('cache-control', 'no-store');
    return DocsConfigResponse.from(await this.info.get(), await this.files.documentNames());
  }

  /** Get an API document. */
  @Public()
  @ApiBinary('application/json')
  @ApiErrors(404)
  @Get('openapi/:name')
  async document(@Param('name') name: string, @Res({ passthrough: true }) reply: HttpReply): Promise<Buffer> {
    return this.send(await this.files.document(name), reply);
  }

  /** Get a style sheet, script or picture of the docs page. */
  @Public()
  @ApiBinary('text/javascript', 'text/css', 'image/png')
  @ApiErrors(404)
  @Get('assets/:name')
  async asset(@Param('name') name: string, @Res({ passthrough: true }) reply: HttpReply): Promise<Buffer> {
    const script = { type: 'text/javascript; charset=utf-8', bytes: Buffer.from(DOCS_SCRIPT) };
    return this.send(name === 'docs.js' ? script : await this.files.asset(name), reply);
  }

  private send(file: DocsFile | null, reply: HttpReply): Buffer {
    if (file === null) throw new RouteNotFoundError();
    void reply.header('content-type', file.type).header('cache-control', 'no-cache');
    return file.bytes;
  }
}
