/** The code was right. */
export class VerifiedEmailResponse {
  /** Always true; a wrong code is an error. @example true */
  is_valid: boolean;
  /** The address that is verified now, in lower case. @example ada@example.com */
  email: string;
  /** Token for the next step; good for five minutes. @example 6f1c2b1e-5c1c-4a52-9d1b-0e5f6a7b8c9d */
  token: string;

  static from({ email, token }: { email: string; token: string }): VerifiedEmailResponse {
    return Object.assign(new VerifiedEmailResponse(), { is_valid: true, email, token });
  }
}
