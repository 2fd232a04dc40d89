import { Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiKeyListResponse, ApiKeyResponse, ApiKeyService } from '#features/apps';
import { ConsoleAccess, ConsoleController, type ConsolePrincipal, CurrentConsole, UuidParam } from '#platform/http';

/** Keys that open all datasets of the workspace (contract console-accounts 10.1). */
@ConsoleController('datasets/api-keys', { tag: 'knowledge' })
export class DatasetKeysConsoleController {
  constructor(private readonly keys: ApiKeyService) {}

  /** List the keys of the workspace's knowledge, with their texts. */
  @ConsoleAccess()
  @Get()
  async list(@CurrentConsole() me: ConsolePrincipal): Promise<ApiKeyListResponse> {
    return { data: (await this.keys.list(me.tenantId, null)).map((key) => ApiKeyResponse.from(key)) };
  }

  /** Create a key; a workspace has ten at most. */
  @ConsoleAccess({ role: 'admin' })
  @Post()
  async create(@CurrentConsole() me: ConsolePrincipal): Promise<ApiKeyResponse> {
    return ApiKeyResponse.from(await this.keys.create(me.tenantId, null));
  }

  /** Delete a key. It is refused within a second. */
  @ConsoleAccess({ role: 'admin' })
  @Delete(':api_key_id')
  @HttpCode(204)
  async delete(@CurrentConsole() me: ConsolePrincipal, @UuidParam('api_key_id') keyId: string): Promise<void> {
    await this.keys.delete(me.tenantId, null, keyId);
  }
}
