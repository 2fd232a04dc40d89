import { Body, Get, Post } from '@nestjs/common';
import { EditionConfig, ServerConfig } from '#platform/config';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, RequestOrigin } from '#platform/http';
import type { MembershipView } from '../repositories/membership.repository.js';
import { MembershipService } from '../services/membership.service.js';
import { WorkspaceService } from '../services/workspace.service.js';
import { CustomConfigRequest } from './dto/custom-config.request.js';
import { RenameWorkspaceRequest } from './dto/rename-workspace.request.js';
import { ChangedWorkspaceResponse } from './dto/changed-workspace.response.js';
import { SwitchWorkspaceRequest } from './dto/switch-workspace.request.js';
import { SwitchWorkspaceResponse } from './dto/switch-workspace.response.js';
import { TenantResponse } from './dto/tenant.response.js';
import { WorkspaceListResponse } from './dto/workspace-list.response.js';

/** The caller's workspaces (contract console-accounts 8). */
@ConsoleController()
@ConsoleAccess()
export class WorkspacesConsoleController {
  constructor(
    private readonly memberships: MembershipService,
    private readonly workspaces: WorkspaceService,
    private readonly edition: EditionConfig,
    private readonly server: ServerConfig,
  ) {}

  /** List the caller's workspaces. */
  @Get('workspaces')
  async list(@CurrentConsole() me: ConsolePrincipal): Promise<WorkspaceListResponse> {
    return WorkspaceListResponse.from(await this.memberships.listOf(me.accountId));
  }

  /** Get the current workspace. */
  @Post(['workspaces/current', 'info'])
  async current(@CurrentConsole() me: ConsolePrincipal, @RequestOrigin() origin: string): Promise<TenantResponse> {
    return this.tenantOf(await this.memberships.usableCurrentOf(me.accountId), origin);
  }

  /** Work in another workspace. */
  @Post('workspaces/switch')
  async switch(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: SwitchWorkspaceRequest,
    @RequestOrigin() origin: string,
  ): Promise<SwitchWorkspaceResponse> {
    const membership = await this.memberships.switchTo(body.tenant_id, me.accountId);
    return SwitchWorkspaceResponse.from(this.tenantOf(membership, origin));
  }

  /** Rename the current workspace. */
  @Post('workspaces/info')
  async rename(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: RenameWorkspaceRequest,
    @RequestOrigin() origin: string,
  ): Promise<ChangedWorkspaceResponse> {
    const current = await this.memberships.usableCurrentOf(me.accountId);
    await this.workspaces.rename(current.id, body.name);
    return ChangedWorkspaceResponse.from(this.tenantOf({ ...current, name: body.name }, origin));
  }

  /**
   * Change the look of the workspace's web apps.
   * @remarks It shows where the installation lets workspaces do that (`CAN_REPLACE_LOGO`).
   */
  @Post('workspaces/custom-config')
  async changeLook(
    @CurrentConsole() me: ConsolePrincipal,
    @Body() body: CustomConfigRequest,
    @RequestOrigin() origin: string,
  ): Promise<ChangedWorkspaceResponse> {
    const current = await this.memberships.usableCurrentOf(me.accountId);
    const { remove_webapp_brand: removeBrand, replace_webapp_logo: logo } = body;
    const changes = { removeBrand: removeBrand ?? false, ...(typeof logo === 'string' && { logoFileId: logo || null }) };
    const customConfig = await this.workspaces.changeLook(current, changes);
    return ChangedWorkspaceResponse.from(this.tenantOf({ ...current, customConfig }, origin));
  }

  private tenantOf(membership: MembershipView, origin: string): TenantResponse {
    return TenantResponse.from(membership, this.edition.canReplaceLogo ? this.server.filesUrl || origin : null);
  }
}
