/** Done. */
export class ResultResponse {
  /** Always `success`. @example success */
  result: 'success';

  static success(): ResultResponse {
    return Object.assign(new ResultResponse(), { result: 'success' });
  }
}
