/** Whether the init password is still to be given. */
export class InitStatusResponse {
  /** `not_started` while it is owed, else `finished`. @example finished */
  status: 'not_started' | 'finished';

  static from(isOwed: boolean): InitStatusResponse {
    return Object.assign(new InitStatusResponse(), { status: isOwed ? 'not_started' : 'finished' });
  }
}
