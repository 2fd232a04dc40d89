import { Get, Query } from '@nestjs/common';
import { defaultPromptTemplate } from '#engines/chat';
import { ConsoleAccess, ConsoleController } from '#platform/http';
import { PromptTemplateQuery } from './dto/prompt-template.query.js';
import { PromptTemplateResponse } from './dto/prompt-template.response.js';

/** What the console fills in when an app changes to an expert prompt (contract console-apps-workflows 11). */
@ConsoleController('app/prompt-templates', { tag: 'Debug runs' })
export class PromptTemplatesConsoleController {
  /** Get the expert prompt that an app starts from. */
  @Get()
  @ConsoleAccess()
  template(@Query() query: PromptTemplateQuery): PromptTemplateResponse {
    const { app_mode: appMode, model_mode: modelMode, model_name: modelName, has_context: hasContext } = query;
    return defaultPromptTemplate({ appMode, modelMode, modelName, hasContext: hasContext === 'true' });
  }
}
