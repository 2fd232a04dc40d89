import { Get } from '@nestjs/common';
import { EditionConfig, MailConfig } from '#platform/config';
import { ConsoleAccess, ConsoleController, Public } from '#platform/http';
import { schemaDefinitions } from '../schema-definitions.js';
import { FeaturesResponse } from './dto/features.response.js';
import { SystemFeaturesResponse } from './dto/system-features.response.js';
import { SchemaDefinitionResponse } from './dto/schema-definition.response.js';

/** What this installation and its workspaces can do (contract console-accounts 3.2 to 3.4). */
@ConsoleController('', { tag: 'system' })
export class FeaturesConsoleController {
  constructor(
    private readonly edition: EditionConfig,
    private readonly mail: MailConfig,
  ) {}

  /** Get what the console must know before anybody signs in. */
  @Get('system-features')
  @Public()
  systemFeatures(): SystemFeaturesResponse {
    return SystemFeaturesResponse.from(this.edition, this.mail);
  }

  /** Get what the workspace may do. */
  @Get('features')
  @ConsoleAccess()
  features(): FeaturesResponse {
    return FeaturesResponse.from(this.edition);
  }

  /** List the built-in schemas of structured values. */
  @Get('spec/schema-definitions')
  @ConsoleAccess()
  schemaDefinitions(): SchemaDefinitionResponse[] {
    return [...schemaDefinitions];
  }
}
