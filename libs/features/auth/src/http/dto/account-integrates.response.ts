/** Whether an account is bound to one at a sign-in service. */
export class AccountIntegrateResponse {
  /** Name of the service. @example github */
  provider: string;
  /** When it was bound; Unix seconds. @example null */
  created_at: number | null;
  /** Whether it is bound. @example false */
  is_bound: boolean;
  /** Where binding begins; null when it is bound. @example http://127.0.0.1:5001/console/api/oauth/login/github */
  link: string | null;
}

/** Sign-in services and the account's bindings to them. */
export class AccountIntegratesResponse {
  /** One entry a service: GitHub, then Google. */
  data: AccountIntegrateResponse[];

  /** No account is bound to anything. `origin` is where links start. */
  static unbound(providers: readonly string[], origin: string): AccountIntegratesResponse {
    const data = providers.map((provider) =>
      Object.assign(new AccountIntegrateResponse(), {
        provider,
        created_at: null,
        is_bound: false,
        link: `${origin}/console/api/oauth/login/${provider}`,
      }),
    );
    return Object.assign(new AccountIntegratesResponse(), { data });
  }
}
