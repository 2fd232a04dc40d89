/** A text in the four languages of tools (contract models-agents-tools 9.3). */
export interface ToolText {
  readonly en_US: string;
  readonly zh_Hans: string;
  readonly pt_BR: string;
  readonly ja_JP: string;
}

/** Makes all four languages out of one or some; those that are missing are English. */
export function toolText(en: string, others: Partial<Omit<ToolText, 'en_US'>> = {}): ToolText {
  return { en_US: en, zh_Hans: others.zh_Hans ?? en, pt_BR: others.pt_BR ?? en, ja_JP: others.ja_JP ?? en };
}
