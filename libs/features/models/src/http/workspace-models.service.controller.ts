import { Get, Param } from '@nestjs/common';
import { ServerConfig } from '#platform/config';
import { CurrentDatasetKey, DatasetKeyAccess, type DatasetKeyPrincipal, RequestOrigin, ServiceController } from '#platform/http';
import { ModelCatalog } from '../services/model-catalog.js';
import { providerContext } from './console-base.js';
import { ModelsByTypeResponse } from './dto/models-by-type.response.js';
import { requireModelType } from './model-type-param.js';

/** The models of a workspace for clients of its knowledge (contract service-and-web-api 11). */
@ServiceController('workspaces/current', { tag: 'Models' })
export class WorkspaceModelsServiceController {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly config: ServerConfig,
  ) {}

  /** List the usable models of a type by provider. */
  @Get('models/model-types/:model_type')
  @DatasetKeyAccess()
  async byType(
    @CurrentDatasetKey() key: DatasetKeyPrincipal,
    @Param('model_type') text: string,
    @RequestOrigin() origin: string,
  ): Promise<ModelsByTypeResponse> {
    const found = await this.catalog.all(key.tenantId, { modelType: requireModelType(text), onlyActive: true });
    return ModelsByTypeResponse.from(found, providerContext(key.tenantId, this.config, origin));
  }
}
