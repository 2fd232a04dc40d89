const DEFAULT_LANGUAGE = 'en-US';

/** The languages of the console's interface, each with the time zone that a new account gets (contract console-accounts 3.1). */
const TIMEZONES = {
  'en-US': 'America/New_York',
  'zh-Hans': 'Asia/Shanghai',
  'zh-Hant': 'Asia/Taipei',
  'pt-BR': 'America/Sao_Paulo',
  'es-ES': 'Europe/Madrid',
  'fr-FR': 'Europe/Paris',
  'de-DE': 'Europe/Berlin',
  'ja-JP': 'Asia/Tokyo',
  'ko-KR': 'Asia/Seoul',
  'ru-RU': 'Europe/Moscow',
  'it-IT': 'Europe/Rome',
  'uk-UA': 'Europe/Kyiv',
  'vi-VN': 'Asia/Ho_Chi_Minh',
  'ro-RO': 'Europe/Bucharest',
  'pl-PL': 'Europe/Warsaw',
  'hi-IN': 'Asia/Kolkata',
  'tr-TR': 'Europe/Istanbul',
  'fa-IR': 'Asia/Tehran',
  'sl-SI': 'Europe/Ljubljana',
  'th-TH': 'Asia/Bangkok',
  'id-ID': 'Asia/Jakarta',
  'ar-TN': 'Africa/Tunis',
  'nl-NL': 'Europe/Amsterdam',
} as const;

/** A language of the console's interface, such as `en-US`. */
export type InterfaceLanguage = keyof typeof TIMEZONES;

/** All of them. */
export const interfaceLanguages = Object.keys(TIMEZONES) as readonly InterfaceLanguage[];

/** The language if there is such an interface, else `en-US`. */
export function interfaceLanguageOr(language: string | null | undefined): InterfaceLanguage {
  return interfaceLanguages.find((known) => known === language) ?? DEFAULT_LANGUAGE;
}

/** The time zone that a new account of a language starts with. */
export function timezoneOf(language: InterfaceLanguage): string {
  return TIMEZONES[language];
}
