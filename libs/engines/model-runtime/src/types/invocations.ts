import type { EmbeddingUsage } from './usage.js';

/** Texts to embed; documents and queries may be treated differently by a model. */
export interface EmbeddingRequest {
  texts: readonly string[];
  /** Default `document`. */
  inputType?: 'document' | 'query';
  user?: string;
}

/** One vector a text, in the order of the texts. */
export interface EmbeddingResult {
  model: string;
  embeddings: number[][];
  usage: EmbeddingUsage;
}

/** Documents to be sorted by how well they answer the query. */
export interface RerankRequest {
  query: string;
  documents: readonly string[];
  /** Results below are left out. */
  scoreThreshold?: number;
  topN?: number;
  user?: string;
}

/** Best first. `index` is the place in the request. */
export interface RerankResult {
  model: string;
  documents: { index: number; text: string; score: number }[];
}

/** A sound file to be written down. */
export interface TranscribeRequest {
  audio: Uint8Array;
  /** With an extension the vendor knows, such as `speech.mp3`. */
  filename: string;
  mimeType: string;
  user?: string;
}

/** A text to be spoken. */
export interface SynthesizeRequest {
  text: string;
  /** One of the model's voices; default: the model's default voice. */
  voice?: string;
  user?: string;
}

/** A text to be judged. */
export interface ModerateRequest {
  text: string;
  user?: string;
}
