export {
  ApiAnswers,
  ApiBinary,
  ApiErrors,
  ApiEvent,
  ApiEventStream,
  ApiField,
  ApiForm,
  eventNameOf,
  fieldSchemasOf,
  type FormPart,
  type RouteFacts,
  routeFactsOf,
  type SchemaClass,
} from './api.decorators.js';
export { DocsInfo, type DocsConfig } from './docs/docs-info.js';
export { freeFormFields, MAX_FREE_FORM_FIELDS } from './free-form-fields.js';
export { OpenApiModule } from './openapi.module.js';
