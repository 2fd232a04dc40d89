/** Questions that the person may want to ask next. */
export class SuggestedQuestionsResponse {
  /**
   * Always `success`.
   * @example success
   */
  result: string;
  /**
   * Up to three questions; empty when none could be made.
   * @example ['And in winter?', 'What does it cost?', 'Who can help me?']
   */
  data: string[];
}
