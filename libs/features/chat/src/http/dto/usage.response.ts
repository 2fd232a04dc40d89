import { RetrieverResourceResponse } from '#features/conversations';

/** What a call to a model used and cost. Prices are decimal texts. */
export class UsageResponse {
  /**
   * Tokens of the prompt.
   * @example 61
   */
  prompt_tokens: number;
  /**
   * Price of `1 / prompt_price_unit` tokens of the prompt.
   * @example 0
   */
  prompt_unit_price: string;
  /**
   * What a unit price is multiplied with.
   * @example 0
   */
  prompt_price_unit: string;
  /**
   * Price of the prompt.
   * @example 0
   */
  prompt_price: string;
  /**
   * Tokens of the answer.
   * @example 20
   */
  completion_tokens: number;
  /**
   * Price of `1 / completion_price_unit` tokens of the answer.
   * @example 0
   */
  completion_unit_price: string;
  /**
   * What a unit price is multiplied with.
   * @example 0
   */
  completion_price_unit: string;
  /**
   * Price of the answer.
   * @example 0
   */
  completion_price: string;
  /**
   * Tokens of both.
   * @example 81
   */
  total_tokens: number;
  /**
   * Price of both.
   * @example 0
   */
  total_price: string;
  /**
   * Currency of the prices.
   * @example USD
   */
  currency: string;
  /**
   * Seconds from the start of the run to its end.
   * @example 0.167
   */
  latency: number;
  /** Seconds to the first token, where it was measured. @example 0.42 */
  time_to_first_token: number | null;
  /** Seconds from the first token to the last, where it was measured. @example 1.3 */
  time_to_generate: number | null;
}

/** The author of an annotation. */
export class AnnotationAccountResponse {
  /** Id of the account. */
  id: string;
  /** Name of the account. @example Ada */
  name: string;
}

/** The annotation that answered in place of the model. */
export class AnnotationReplyResponse {
  /** Id of the annotation. */
  id: string;
  /** Who wrote it. */
  account: AnnotationAccountResponse;
}

/** What is told about an answer. */
export class MessageMetadataResponse {
  /** Set when an annotation answered. */
  annotation_reply: AnnotationReplyResponse | null;
  /** What was retrieved for the answer. */
  retriever_resources: RetrieverResourceResponse[];
  /** What the model used and cost. */
  usage: UsageResponse;
}
