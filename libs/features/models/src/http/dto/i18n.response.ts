import type { I18n } from '#engines/model-runtime';

/** A text in two languages. */
export class I18nResponse {
  /** English. @example OpenAI */
  en_US: string;
  /** Simplified Chinese. @example OpenAI */
  zh_Hans: string;

  static from(text: I18n): I18nResponse {
    return Object.assign(new I18nResponse(), { en_US: text.en_US, zh_Hans: text.zh_Hans });
  }

  /** Null stays null. */
  static orNull(text: I18n | null): I18nResponse | null {
    return text === null ? null : I18nResponse.from(text);
  }
}
