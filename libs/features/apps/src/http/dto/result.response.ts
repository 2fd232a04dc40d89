/** It worked. */
export class ResultResponse {
  /** Always `success`. @example success */
  result: string;

  static readonly success: ResultResponse = { result: 'success' };
}
