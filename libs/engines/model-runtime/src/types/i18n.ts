/** A text in the two languages the console asks for; `zh_Hans` falls back to `en_US`. */
export interface I18n {
  en_US: string;
  zh_Hans: string;
}

/** Makes both languages out of one or two texts. */
export function i18n(en: string, zh: string = en): I18n {
  return { en_US: en, zh_Hans: zh };
}
