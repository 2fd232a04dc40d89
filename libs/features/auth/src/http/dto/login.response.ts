/** What came of a sign-in. */
export class LoginResponse {
  /** `success` with three cookies, `fail` when the account belongs to no workspace. @example success */
  result: 'success' | 'fail';
  /** Why, with `fail`. @example "This account belongs to no workspace." */
  data?: string;

  static success(): LoginResponse {
    return Object.assign(new LoginResponse(), { result: 'success' });
  }

  static withoutWorkspace(): LoginResponse {
    return Object.assign(new LoginResponse(), {
      result: 'fail',
      data: 'This account belongs to no workspace. Ask an administrator to invite it to one.',
    });
  }
}
