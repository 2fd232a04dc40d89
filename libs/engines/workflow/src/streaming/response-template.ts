import type { Selector } from '../pool/selector.js';

/** A piece of what a response node shows. */
export type ResponsePart = { readonly text: string } | { readonly selector: Selector };

/** What a response node shows, in order (contract workflow-engine 5.1). */
export type ResponseTemplate = readonly ResponsePart[];
