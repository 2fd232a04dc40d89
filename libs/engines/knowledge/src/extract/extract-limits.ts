/** Bounds of what one document may unfold to. */
export interface ExtractLimits {
  /** Bytes of all parts of an archive together. Default 256 MiB. */
  readonly maxUnpackedBytes: number;
  /** How many times larger an archive may be unpacked, once it is over 16 MiB. Default 100. */
  readonly maxRatio: number;
  /** Parts of an archive. Default 20,000. */
  readonly maxParts: number;
  /** Characters of the text. Default 32 million. */
  readonly maxTextLength: number;
}

export const DEFAULT_EXTRACT_LIMITS: ExtractLimits = {
  maxUnpackedBytes: 256 * 1024 * 1024,
  maxRatio: 100,
  maxParts: 20_000,
  maxTextLength: 32_000_000,
};
