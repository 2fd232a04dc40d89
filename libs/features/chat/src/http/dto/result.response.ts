/** It was done. */
export class ResultResponse {
  /**
   * Always `success`.
   * @example 'success'
   */
  result: string;

  static success(): ResultResponse {
    return { result: 'success' };
  }
}
