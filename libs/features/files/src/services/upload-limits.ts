import { Injectable } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { UploadsConfig } from '#platform/config';
import { DOCUMENT_EXTENSIONS, uploadClassOf } from '../files.constants.js';
import { UnsupportedFileTypeError } from '../files.errors.js';

const MEGABYTE = 1_048_576;

/** Which files are taken and how large they may be. */
@Injectable()
export class UploadLimits {
  private readonly blacklist: ReadonlySet<string>;

  constructor(private readonly config: UploadsConfig) {
    this.blacklist = new Set(config.extensionBlacklist.map((extension) => extension.toLowerCase().replace(/^\./, '')));
  }

  /** Most bytes of a file with this extension, which comes without a dot in lower case. */
  maxBytes(extension: string): number {
    const { imageFileSizeLimit, videoFileSizeLimit, audioFileSizeLimit, fileSizeLimit } = this.config;
    const megabytes = { image: imageFileSizeLimit, video: videoFileSizeLimit, audio: audioFileSizeLimit, other: fileSizeLimit };
    return megabytes[uploadClassOf(extension)] * MEGABYTE;
  }

  /** Throws 400 `invalid_param` for a blacklisted extension, 415 for what is no document where only documents are taken. */
  checkExtension(extension: string, documentsOnly: boolean): void {
    if (extension !== '' && this.blacklist.has(extension))
      throw new InvalidParamError(`File extension '.${extension}' is not allowed for security reasons`);
    if (documentsOnly && !DOCUMENT_EXTENSIONS.includes(extension)) throw new UnsupportedFileTypeError();
  }
}
