/** The request was carried out. */
export class ModelResultResponse {
  /** Always `success`. @example success */
  result: 'success';

  static success(): ModelResultResponse {
    return Object.assign(new ModelResultResponse(), { result: 'success' as const });
  }
}
