import { HttpCode, Post } from '@nestjs/common';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, Form, type UploadForm } from '#platform/http';
import { ApiErrors, ApiForm } from '#platform/openapi';
import { WebappLogos } from '../services/webapp-logos.js';
import { WebappLogoResponse } from './dto/webapp-logo.response.js';
import { singleFileOf } from './single-file.js';

/** Logos for the web apps of a workspace (contract console-accounts 8). */
@ConsoleController('workspaces/custom-config/webapp-logo', { tag: 'Files' })
export class WebappLogoConsoleController {
  constructor(private readonly logos: WebappLogos) {}

  /** Upload a logo for the web apps of the workspace. */
  @Post('upload')
  @HttpCode(201)
  @ConsoleAccess()
  @ApiForm({ name: 'file', kind: 'file', required: true, description: 'A .png or .svg picture.' })
  @ApiErrors(413, 415)
  async upload(@CurrentConsole() member: ConsolePrincipal, @Form() form: UploadForm): Promise<WebappLogoResponse> {
    return { id: (await this.logos.store(member, singleFileOf(form))).id };
  }
}
