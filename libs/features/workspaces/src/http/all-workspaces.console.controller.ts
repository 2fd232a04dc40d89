import { Get, Query } from '@nestjs/common';
import { AdminKeyAccess, ConsoleController } from '#platform/http';
import { WorkspaceService } from '../services/workspace.service.js';
import { ListAllWorkspacesQuery } from './dto/list-all-workspaces.query.js';
import { WorkspacePageResponse } from './dto/workspace-page.response.js';

/** The workspaces of the installation, for whoever runs it (contract console-accounts 8). */
@ConsoleController()
@AdminKeyAccess()
export class AllWorkspacesConsoleController {
  constructor(private readonly workspaces: WorkspaceService) {}

  /** List all workspaces of the installation. */
  @Get('all-workspaces')
  async list(@Query() { page = 1, limit = 20 }: ListAllWorkspacesQuery): Promise<WorkspacePageResponse> {
    return WorkspacePageResponse.from(await this.workspaces.list(page, limit));
  }
}
