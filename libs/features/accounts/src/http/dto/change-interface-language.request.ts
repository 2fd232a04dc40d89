import { IsIn } from 'class-validator';
import { interfaceLanguages } from '../../interface-languages.js';

/** Another language of the interface. */
export class ChangeInterfaceLanguageRequest {
  /** Language of the interface. @example de-DE */
  @IsIn(interfaceLanguages)
  interface_language: string;
}
