/** A code is on its way. */
export class FlowTokenResponse {
  /** Always `success`. @example success */
  result: string;
  /** Token to be sent back with the code; good for five minutes. @example 6f1c2b1e-5c1c-4a52-9d1b-0e5f6a7b8c9d */
  data: string;

  static of(token: string): FlowTokenResponse {
    return Object.assign(new FlowTokenResponse(), { result: 'success', data: token });
  }
}
