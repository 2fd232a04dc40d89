import { UploadFileEntity } from './entities/upload-file.entity.js';

/** The tables of this feature, for the application's data source. */
export const filesEntities = [UploadFileEntity];
