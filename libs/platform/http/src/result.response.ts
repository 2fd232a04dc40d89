/** It worked. */
export class ResultResponse {
  /**
   * Always `success`.
   * @example success
   */
  result: string;

  static success(): ResultResponse {
    return Object.assign(new ResultResponse(), { result: 'success' });
  }
}
