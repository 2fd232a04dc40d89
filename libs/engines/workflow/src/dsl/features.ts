import { copied, isMapping, mappingAt } from './content.js';
import type { DslContent } from './dsl-document.js';

/** Files of one message where the file does not say how many (contract console-apps-workflows 12.1). */
const DEFAULT_NUMBER_LIMITS = 3;

/** The features of a workflow, with the old form of the file upload read as the new one (contract workflow-engine 1.1). Unknown keys are kept. */
export function normalFeatures(features: DslContent): DslContent {
  const upload = mappingAt(features, 'file_upload');
  const image = mappingAt(upload, 'image');
  if (image.enabled !== true) return features;
  const { image: _image, ...rest } = upload;
  const file_upload: DslContent = {
    ...rest,
    enabled: true,
    number_limits: typeof image.number_limits === 'number' ? image.number_limits : DEFAULT_NUMBER_LIMITS,
    allowed_file_upload_methods: Array.isArray(image.transfer_methods) ? copied(image.transfer_methods) : ['remote_url', 'local_file'],
    allowed_file_types: upload.allowed_file_types ?? ['image'],
    allowed_file_extensions: upload.allowed_file_extensions ?? [],
  };
  return { ...features, file_upload };
}

/** Whether the old form is there. */
export function hasLegacyFileUpload(features: unknown): boolean {
  return isMapping(features) && mappingAt(mappingAt(features, 'file_upload'), 'image').enabled === true;
}
